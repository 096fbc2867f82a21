import { _x } from '@wordpress/i18n';
import { isLocal } from '../api/problem.ts';
import { Pill } from '../ui/pill.tsx';
import { errorWords } from '../words/errors.ts';
import type { Words } from '../words/failure.ts';
import { localErrorWords } from '../words/local-errors.ts';
import { savedMailWords } from '../words/saved-mail.ts';
import type { Progress } from './install-chosen.ts';

/** How far one server is, in words: where mail was saved, and where it was refused, why and what to do. */
export function ProgressWords( { progress }: { progress: Progress | undefined } ) {
	if ( ! progress ) {
		return null;
	}
	switch ( progress.state ) {
		case 'waiting':
			return <>{ _x( 'Waiting…', 'of an import', 'email-gateway' ) }</>;
		case 'installing':
			return <>{ _x( 'Installing…', 'of a gateway', 'email-gateway' ) }</>;
		case 'installed':
			return (
				<>
					<Pill word={ _x( 'Installed', 'of an import', 'email-gateway' ) } tone="good" />{ ' ' }
					{ progress.savedQueue && savedMailWords( progress.savedQueue ) }
				</>
			);
		default: {
			const { happened, todo } = whyNot( progress );
			const detail = progress.state === 'failed' ? progress.error?.detail ?? {} : {};
			const saved = 'savedQueue' in detail && detail.savedQueue;
			return (
				<>
					<strong>{ happened }</strong> { saved && savedMailWords( saved ) } { todo }
				</>
			);
		}
	}
}

function whyNot( progress: Extract< Progress, { state: 'refused' | 'failed' } > ): Words {
	if ( progress.state === 'failed' ) {
		const { error } = progress;
		return error ? errorWords( error.code, error.detail ) : errorWords( 'cancelled', {} );
	}
	const { problem } = progress;
	return isLocal( problem ) ? localErrorWords( problem.code ) : errorWords( problem.code, problem.detail );
}
