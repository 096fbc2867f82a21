import { useCallback, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __, _x } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { SitesTable } from './sites-table.tsx';

/** The sites of one server. Asked for when it is opened. */
export function SitesSection( { serverId }: { serverId: number } ) {
	const [ wasOpened, setOpened ] = useState( false );
	return (
		<Disclosure
			summary={ _x( 'Sites on This Server', 'heading', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <Sites serverId={ serverId } /> }
		</Disclosure>
	);
}

function Sites( { serverId }: { serverId: number } ) {
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readSites', { serverId, signal } ), [ serverId ] );
	const { answer, problem, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	return (
		<div className="email-gateway-form">
			<p className="email-gateway-quiet">
				{ __(
					'Name, domain, environment and sender domains are what a site says of itself. The Unix user is what the server says: a site cannot choose it.',
					'email-gateway'
				) }
			</p>
			{ answer.users.length === 0 ? (
				<p>
					{ __(
						'No WordPress site was found yet. Each look searches the usual folders, such as /var/www and /home.',
						'email-gateway'
					) }
				</p>
			) : (
				<SitesTable users={ answer.users } />
			) }
			{ answer.leftOut && (
				<p>
					{ __(
						'There is more on this server than is listed here: at most 200 sites are.',
						'email-gateway'
					) }
				</p>
			) }
		</div>
	);
}
