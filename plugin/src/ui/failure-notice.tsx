import type { ReactNode } from 'react';
import { Notice } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import type { Failure as Told, JobError } from '@email-gateway/shared';
import type { Problem } from '../api/problem.ts';
import { errorWords } from '../words/errors.ts';
import { failureWords } from '../words/failure-words.ts';
import type { Words } from '../words/failure.ts';
import { savedMailWords } from '../words/saved-mail.ts';
import { ActionButton } from './action-button.tsx';
import { useToldAbove } from './backend-away.tsx';
import { Disclosure } from './disclosure.tsx';
import { OtherServer } from './other-server.tsx';
import { RawText } from './raw-text.tsx';
import { RefusedFields } from './refused-fields.tsx';

interface FailureProps {
	words: Words;
	mail: string;
	detail: Told[ 'detail' ];
	tone?: 'error' | 'warning' | 'info';
	/** When, and by whom, where it was not just now. */
	tried?: string | undefined;
	onDismiss?: ( () => void ) | undefined;
	children?: ReactNode;
}

/** What happened · what it means for the mail · what to do. The raw words are one click away, selectable. */
function Failure( { words, mail, detail, tone = 'error', tried, onDismiss, children }: FailureProps ) {
	const saved = 'savedQueue' in detail && detail.savedQueue;
	const other = 'sameSite' in detail && detail.sameSite && detail.serverId ? detail.serverId : null;
	const raw = Object.entries( detail ).filter(
		// saved mail is our sentence: nobody else said it
		( [ key, value ] ) => key !== 'savedQueue' && Boolean( value ) && String( value ) !== ''
	);
	return (
		<Notice
			status={ tone }
			isDismissible={ onDismiss !== undefined }
			onRemove={ onDismiss }
			// what happened days ago is no news
			spokenMessage={ tried ? '' : `${ words.happened } ${ words.todo }` }
		>
			<p>
				<strong>{ words.happened }</strong> { tried && <span className="email-gateway-quiet">{ tried }</span> }
			</p>
			{ other !== null && <OtherServer serverId={ other } /> }
			{ mail && <p>{ mail }</p> }
			{ saved && <p>{ savedMailWords( saved ) }</p> }
			<p>{ words.todo }</p>
			{ children && <div className="email-gateway-actions">{ children }</div> }
			{ raw.length > 0 && (
				<Disclosure summary={ __( 'Technical details', 'email-gateway' ) } isOpen={ words.leadsBelow }>
					<RawText label={ __( 'Technical details', 'email-gateway' ) }>
						{ raw.map( ( [ key, value ] ) => `${ key }: ${ lines( value ) }` ).join( '\n' ) }
					</RawText>
				</Disclosure>
			) }
		</Notice>
	);
}

function lines( value: unknown ): string {
	return Array.isArray( value ) ? `\n  ${ value.join( '\n  ' ) }` : String( value );
}

function mailAfter( changed: JobError[ 'changed' ] ): string {
	const sentences = {
		nothing: __( 'No changes were made. Mail delivery is not affected.', 'email-gateway' ),
		undone: __( 'All changes were rolled back; no mail is lost.', 'email-gateway' ),
		unknown: __( 'It is not known how far the change got; no waiting mail is deleted.', 'email-gateway' ),
	};
	return sentences[ changed ];
}

interface FailureNoticeProps {
	error: JobError;
	/** What to do, in place of our usual words. */
	advice?: string | undefined;
	tried?: string | undefined;
	onDismiss?: ( () => void ) | undefined;
	children?: ReactNode;
}

/** Why a job failed. */
export function FailureNotice( { error, advice, tried, onDismiss, children }: FailureNoticeProps ) {
	const usual = errorWords( error.code, error.detail );
	const words = advice ? { ...usual, todo: advice } : usual;
	const tone = error.code === 'cancelled' || error.code === 'host_key_unknown' ? 'info' : 'error';
	return (
		<Failure
			words={ words }
			mail={ words.mail ?? mailAfter( error.changed ) }
			detail={ error.detail }
			tone={ tone }
			tried={ tried }
			onDismiss={ onDismiss }
		>
			{ children }
		</Failure>
	);
}

/** Why a request was refused or not answered. */
export function ProblemNotice( { problem, onRetry }: { problem: Problem; onRetry?: () => void } ) {
	if ( useToldAbove( problem, onRetry ) ) {
		return onRetry ? <NotAnsweredYet /> : null;
	}
	return <ProblemHere problem={ problem } onRetry={ onRetry } />;
}

/** In the place of what the backend would tell. */
export const NotAnsweredYet = () => (
	<p className="email-gateway-quiet">{ __( 'Shown once the backend answers.', 'email-gateway' ) }</p>
);

/** The same in this very place, whatever the page tells above: of another backend, or as that banner itself. */
export function ProblemHere( { problem, onRetry }: { problem: Problem; onRetry?: ( () => void ) | undefined } ) {
	const words = failureWords( problem );
	return (
		<Failure words={ words } mail={ words.mail ?? '' } detail={ problem.detail }>
			{ problem.fields.length > 0 && <RefusedFields fields={ problem.fields } /> }
			{ onRetry && <ActionButton onClick={ onRetry }>{ _x( 'Retry', 'button', 'email-gateway' ) }</ActionButton> }
		</Failure>
	);
}
