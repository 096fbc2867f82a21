import { useState } from '@wordpress/element';
import { _x } from '@wordpress/i18n';
import { SandboxView } from '../gateway/opened-later.ts';
import { isInstalled, type SectionProps } from '../gateway/section.ts';
import { useJobCall } from '../jobs/use-job-call.ts';
import { Disclosure } from '../ui/disclosure.tsx';

const calls = [ 'previewSandbox', 'turnOnSandbox', 'turnOffSandbox' ] as const;

/** Mail of a server that is no production reaches nobody but those who test it. What it is made of is loaded when it is opened. */
export function SandboxSection( section: SectionProps ) {
	const { view, onChange } = section;
	const change = useJobCall( calls, { view, onChange } );
	// only at first: it stays as the person left it when the job ends, with the outcome in it
	const [ opensFirst ] = useState( change.active );
	const [ wasOpened, setOpened ] = useState( opensFirst );
	if ( ! isInstalled( view ) ) {
		return null;
	}
	return (
		<Disclosure
			summary={ _x( 'Sandbox', 'heading', 'email-gateway' ) }
			isOpen={ opensFirst }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <SandboxView { ...section } change={ change } /> }
		</Disclosure>
	);
}
