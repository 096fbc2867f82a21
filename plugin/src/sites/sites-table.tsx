import type { ReactNode } from 'react';
import { __, _x } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { Pill } from '../ui/pill.tsx';
import { Table } from '../ui/table.tsx';
import { capLines, overLines } from '../words/caps.ts';
import { environmentWord, heldWords, sendingPill } from '../words/sites.ts';

const number = ( count: number | null ) => ( count === null ? '–' : new Intl.NumberFormat().format( count ) );

/** A line for each Unix user: what a user's sites send cannot be told apart. */
export function SitesTable( {
	users,
	route,
	action,
	cap,
	below,
}: {
	users: readonly SendingUser[];
	route: ( user: SendingUser ) => ReactNode;
	/** The button of a line, and what it opens below. */
	action: ( user: SendingUser ) => ReactNode;
	cap: ( user: SendingUser ) => ReactNode;
	below: ( user: SendingUser ) => ReactNode;
} ) {
	return (
		<div className="email-gateway-wide">
			<Table
				caption={ __( 'Sites on this server, by Unix user', 'email-gateway' ) }
				columns={ [
					_x( 'Site', 'column', 'email-gateway' ),
					_x( 'Environment', 'column', 'email-gateway' ),
					__( 'Unix User', 'email-gateway' ),
					_x( 'Sender Domains', 'column', 'email-gateway' ),
					_x( 'Accepted in 24 Hours', 'column', 'email-gateway' ),
					_x( 'Refused in 24 Hours', 'column', 'email-gateway' ),
					_x( 'Route', 'column', 'email-gateway' ),
					_x( 'Cap', 'column', 'email-gateway' ),
					_x( 'State', 'column', 'email-gateway' ),
				] }
				rows={ users.map( ( user ) => ( {
					key: user.uid,
					cells: [
						<Names key="names" user={ user } />,
						<Lines
							key="kinds"
							of={ user.sites.map( ( { environment } ) => environmentWord( environment ) ) }
						/>,
						user.user ?? user.uid,
						user.senderDomains.join( ', ' ) || '–',
						number( user.accepted ),
						number( user.refused ),
						<div key="route">{ route( user ) }</div>,
						<div key="cap">
							<Lines of={ capLines( user ) } />
							{ cap( user ) }
						</div>,
						<div key="state">
							<Pill { ...sendingPill( user ) } />
							<div className="email-gateway-quiet">{ heldWords( user ) }</div>
							<Quiet lines={ overLines( user ) } />
							{ action( user ) }
						</div>,
					],
					below: below( user ),
				} ) ) }
			/>
		</div>
	);
}

function Names( { user: { sites } }: { user: SendingUser } ) {
	if ( sites.length === 0 ) {
		return <>{ __( 'No site of this user was found', 'email-gateway' ) }</>;
	}
	return (
		<>
			{ sites.map( ( { folder, domain } ) => (
				<div key={ folder }>
					<bdi>{ domain ?? folder }</bdi>
					{ domain !== null && (
						<div className="email-gateway-quiet">
							<bdi>{ folder }</bdi>
						</div>
					) }
				</div>
			) ) }
			{ sites.length > 1 && (
				<p>
					{ __(
						'These sites share one Unix user: whose mail is whose cannot be told apart, and Pause Sending stops all of them.',
						'email-gateway'
					) }
				</p>
			) }
		</>
	);
}

const Quiet = ( { lines }: { lines: readonly string[] } ) => (
	<>
		{ lines.map( ( line ) => (
			<div key={ line } className="email-gateway-quiet">
				{ line }
			</div>
		) ) }
	</>
);

const Lines = ( { of }: { of: readonly string[] } ) => (
	<>
		{ of.map( ( line, at ) => (
			<div key={ at }>{ line }</div>
		) ) }
		{ of.length === 0 && '–' }
	</>
);
