import { useCallback, useState } from '@wordpress/element';
import { Notice, Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { call, type CallInput } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import type { SectionProps } from '../gateway/section.ts';
import { JobOutcome } from '../jobs/job-outcome.tsx';
import { useJobCall } from '../jobs/use-job-call.ts';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { isOfRoutes, routeSentence } from '../words/routes.ts';
import { pausedSentences } from '../words/sites.ts';
import { ClosingDoors } from './closing-doors.tsx';
import { CheckedRoute } from './checked-route.tsx';
import { OtherSites } from './other-sites.tsx';
import { RouteBackup } from './route-backup.tsx';
import { RouteCell } from './route-cell.tsx';
import { RouteQuestion } from './route-question.tsx';
import { CapButton, SendingButtons, UsualCap, type Asked } from './site-buttons.tsx';
import { SiteQuestion } from './site-question.tsx';
import { SideDoors } from './side-doors.tsx';
import { SitesTable } from './sites-table.tsx';
import { UnlistedSenders } from './unlisted-senders.tsx';

const calls = [
	...( [ 'pauseSite', 'resumeSite', 'capSite', 'checkRoute', 'setRoute', 'removeRoute', 'routeOthers' ] as const ),
	...( [ 'switchRouteToBackup', 'switchRouteBack' ] as const ),
] as const;

/** Who sends on a server, and what a person does about it. */
export function SitesView( section: SectionProps ) {
	const { view, onChange, connected } = section;
	const { serverId } = view;
	const [ asks, setAsks ] = useState< Asked | null >( null );
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readSites', { serverId, signal } ), [ serverId ] );
	const { answer, problem, retry } = useAnswer( ask );
	const change = useJobCall( calls, { view, onChange, onEnd: retry } );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	if ( ! answer ) {
		return <Spinner />;
	}
	const buttons = { disabled: ! connected || change.active || change.busy, asks, onAsk: setAsks };
	const begin = < Name extends ( typeof calls )[ number ] >( name: Name, body: CallInput< Name >[ 'body' ] ) => {
		setAsks( null );
		void change.ask( name, body );
	};
	const allow = ( { uid, route }: SendingUser, sender: string ) =>
		route &&
		begin( 'setRoute', {
			...{ uid, account: { use: 'kept' }, senders: [ ...route.senders, sender ], sendAs: route.sendAs },
		} );
	const routeQuestion = ( user: SendingUser ) => (
		<RouteQuestion
			user={ user }
			problem={ change.problem }
			onType={ ( field ) => change.changed( [ field ] ) }
			onSet={ ( input ) =>
				void change
					.ask( 'setRoute', { ...input, uid: user.uid } )
					.then( ( isAccepted ) => isAccepted && setAsks( null ) )
			}
			onCheck={ ( input ) => void change.ask( 'checkRoute', { ...input, uid: user.uid } ) }
			disabled={ buttons.disabled }
			onCancel={ () => setAsks( null ) }
		/>
	);
	const question = ( user: SendingUser | null ) =>
		asks !== null &&
		asks.uid === ( user?.uid ?? null ) &&
		( asks.what === 'route' ? (
			user && routeQuestion( user )
		) : asks.what === 'backup' ? (
			user && (
				<RouteBackup
					serverId={ serverId }
					user={ user }
					disabled={ buttons.disabled }
					onChosen={ retry }
					onSwitch={ ( to ) =>
						void change.ask( to === 'backup' ? 'switchRouteToBackup' : 'switchRouteBack', {
							uid: user.uid,
						} )
					}
					onClose={ () => setAsks( null ) }
				/>
			)
		) : (
			<SiteQuestion
				what={ asks.what }
				user={ user }
				usualCap={ answer.usualCap }
				onAnswer={ begin }
				onCancel={ () => setAsks( null ) }
			/>
		) );
	return (
		<div className="email-gateway-form">
			<p className="email-gateway-quiet">
				{ __(
					'Name, domain, environment and sender domains are what a site says of itself. The Unix user is what the server says: a site cannot choose it.',
					'email-gateway'
				) }
			</p>
			<JobOutcome of={ change }>
				{ ( result ) =>
					result.verb === 'check_route' ? (
						<CheckedRoute senders={ result.senders } />
					) : isOfRoutes( result ) ? (
						<Notice status="success" isDismissible={ false }>
							{ routeSentence( result ) }
						</Notice>
					) : (
						( result.verb === 'pause_site' ||
							result.verb === 'resume_site' ||
							result.verb === 'cap_site' ) && (
							<Notice status="success" isDismissible={ false }>
								{ result.verb === 'cap_site'
									? __( 'The cap is in force on the server.', 'email-gateway' )
									: pausedSentences( result ).join( ' ' ) }
							</Notice>
						)
					)
				}
			</JobOutcome>
			{ answer.users.length === 0 ? (
				<p>
					{ __(
						'No WordPress site was found yet. Each look searches the usual folders, such as /var/www and /home.',
						'email-gateway'
					) }
				</p>
			) : (
				<>
					<UsualCap limits={ answer.usualCap } { ...buttons } />
					{ question( null ) }
					<SitesTable
						users={ answer.users }
						route={ ( user ) => (
							<>
								<RouteCell
									user={ user }
									{ ...buttons }
									onRemove={ () => begin( 'removeRoute', { uid: user.uid } ) }
								/>
								<UnlistedSenders
									user={ user }
									others={ answer.users.filter( ( { uid } ) => uid !== user.uid ) }
									disabled={ buttons.disabled }
									onAllow={ ( sender ) => allow( user, sender ) }
								/>
							</>
						) }
						action={ ( user ) => <SendingButtons user={ user } { ...buttons } /> }
						cap={ ( user ) => <CapButton user={ user } { ...buttons } /> }
						below={ question }
					/>
					{ answer.users.some( ( { route } ) => route ) && (
						<OtherSites
							key={ answer.withoutRoute }
							without={ answer.withoutRoute }
							disabled={ buttons.disabled }
							onChange={ ( without ) => begin( 'routeOthers', { without } ) }
						/>
					) }
				</>
			) }
			<SideDoors doors={ answer.sideDoors ?? [] } />
			<ClosingDoors { ...section } sites={ answer } onEnd={ retry } />
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
