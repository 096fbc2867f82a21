import type { ReactNode } from 'react';
import { __ } from '@wordpress/i18n';
import type { BackupView } from '@email-gateway/shared';
import { Actions } from '../ui/card.tsx';
import { alignmentWords, byBackupWords, twiceWords, wayBackWords } from '../words/backup.ts';

interface Props {
	active: NonNullable< BackupView[ 'active' ] >;
	/** The button that ends it. */
	children: ReactNode;
}

/** What becomes of mail while it leaves by the backup. */
export function OnBackup( { active, children }: Props ) {
	const { messages, twice, alignments } = active;
	const sentences = [ messages === null ? '' : byBackupWords( messages ), twiceWords( twice ) ].filter( Boolean );
	return (
		<>
			<p>{ [ ...sentences, wayBackWords( active ) ].join( ' ' ) }</p>
			{ alignments.length > 0 && (
				<>
					<p>{ __( 'How receivers see mail of these domains meanwhile', 'email-gateway' ) }</p>
					<ul className="ul-disc">
						{ alignments.map( ( one ) => (
							<li key={ one.domain }>{ alignmentWords( one ) }</li>
						) ) }
					</ul>
				</>
			) }
			<Actions>{ children }</Actions>
		</>
	);
}
