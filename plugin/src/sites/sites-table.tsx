import type { ReactNode } from 'react';
import { __, _x, sprintf } from '@wordpress/i18n';
import type { SendingUser } from '@email-gateway/shared';
import { Pill } from '../ui/pill.tsx';
import { Table } from '../ui/table.tsx';
import { capLines, overLines } from '../words/caps.ts';
import { environmentWord, heldWords, mailLines, sendingPill, userName } from '../words/sites.ts';

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
				className="email-gateway-mails"
				caption={ __( 'Sites on this server, by Unix user', 'email-gateway' ) }
				columns={ [
					_x( 'Site', 'column', 'email-gateway' ),
					__( 'Unix User', 'email-gateway' ),
					__( 'Last 24 hours', 'email-gateway' ),
					_x( 'Route', 'column', 'email-gateway' ),
					_x( 'Cap', 'column', 'email-gateway' ),
					_x( 'State', 'column', 'email-gateway' ),
				] }
				rows={ users.map( ( user ) => ( {
					key: user.uid,
					cells: [
						<Names key="names" user={ user } />,
						<Sender key="sender" user={ user } />,
						<Lines key="mails" of={ mailLines( user ) } />,
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
			{ sites.map( ( { folder, domain, environment } ) => (
				<div key={ folder }>
					<bdi>{ domain ?? folder }</bdi>{ ' ' }
					{ environment && environment !== 'production' && (
						<Pill word={ environmentWord( environment ) } tone="quiet" />
					) }
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

/** The user, whom the server names, and below what its sites say that they send as. */
function Sender( { user }: { user: SendingUser } ) {
	return (
		<>
			<bdi>{ userName( user ) }</bdi>
			{ user.senderDomains.length > 0 && (
				<div className="email-gateway-quiet">
					{ sprintf(
						/* translators: %s: domains, as a.example, b.example */
						_x( 'Sends as %s', 'a user of a server', 'email-gateway' ),
						user.senderDomains.join( ', ' )
					) }
				</div>
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
			<div key={ at } className="email-gateway-short">
				{ line }
			</div>
		) ) }
		{ of.length === 0 && '–' }
	</>
);
