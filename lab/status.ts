import { readState, type LabState, type LabStatus, type UpStatus } from './state.ts';
import { runningProcess } from './system/processes.ts';

/** What runs now, or undefined when the lab is down. */
export async function labStatus(): Promise< LabStatus | undefined > {
	const { status, sites = [] } = readState() ?? {};
	if ( status === undefined ) {
		return undefined;
	}
	const running = await Promise.all( [ 'wordpress', 'backend' ].map( runningProcess ) );
	return running.every( ( record ) => record !== undefined ) ? { ...status, sites } : undefined;
}

/** The status for a person: addresses, users and passwords. */
export function describeStatus( { wordpress, backend, provider, servers, alerts }: UpStatus, state: LabState ): string {
	const rows: [ string, string ][] = [
		[ 'WordPress', `${ wordpress.url }/wp-admin/` ],
		[ '', `${ wordpress.adminUser } / ${ wordpress.adminPassword }  (administrator)` ],
		[ '', `${ wordpress.customerUser } / ${ wordpress.customerPassword }  (customer)` ],
		[ 'SMTP provider', `${ provider.host } port ${ provider.port }` ],
		[ '', `${ provider.user } / ${ provider.password }  (for the form Email Gateway)` ],
		[ 'Its inbox', `${ provider.inboxUrl }/` ],
		[ 'Backend', `${ backend.url }  (API: ${ backend.url }/docs)` ],
		...servers.flatMap( ( server ): [ string, string ][] => [
			[ `Server of ${ server.owner }`, `${ server.name } at ${ server.host }` ],
			[ '', `${ wordpress.url }/wp-admin/post.php?post=${ server.postId }&action=edit` ],
		] ),
		...( state.sites ?? [] ).map( ( site ): [ string, string ] => [
			`Site on ${ site.server }`,
			`${ site.domain }, user ${ site.unixUser }, ${ site.path }`,
		] ),
		[ 'Alerts', `${ alerts.url }  (webhook: ${ alerts.webhook })` ],
	];
	const lines = rows.map( ( [ label, value ] ) => `  ${ label.padEnd( 18 ) } ${ value }` );
	if ( state.withoutServers !== undefined ) {
		lines.push(
			'',
			`  No demo server: ${ state.withoutServers }`,
			'  To use one of your own: wp-admin → Servers → Add New, and follow Server Connection.'
		);
	}
	return lines.join( '\n' );
}
