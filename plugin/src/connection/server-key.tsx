import { useCallback } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { CopyLine } from '../ui/copy-line.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

/** The line that lets the key made for this server in there. The key is made when its line is first shown. */
export function ServerKey( { view, done }: { view: ServerView; done: boolean } ) {
	return view.managedKey ? (
		<KeyLine line={ view.managedKey.installLine } done={ done } />
	) : (
		<NewKey serverId={ view.serverId } />
	);
}

function NewKey( { serverId }: { serverId: number } ) {
	const make = useCallback( ( signal: AbortSignal ) => call( 'makeServerKey', { serverId, signal } ), [ serverId ] );
	const { answer, problem, retry } = useAnswer( make );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer && <KeyLine line={ answer.installLine } done={ false } />;
}

/** The line is needed once: afterwards it is one click away. */
function KeyLine( { line, done }: { line: string; done: boolean } ) {
	const copy = <CopyLine label={ __( 'Line to run on the server', 'email-gateway' ) } line={ line } />;
	if ( done ) {
		return <Disclosure summary={ __( 'Line to run on the server', 'email-gateway' ) }>{ copy }</Disclosure>;
	}
	return (
		<>
			<p>{ __( 'Run this line once on the server, as the SSH User above.', 'email-gateway' ) }</p>
			{ copy }
		</>
	);
}
