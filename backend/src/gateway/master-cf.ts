import { routeServices } from './route-configuration.ts';
import { noRoutes, type Routes } from './routes.ts';
import { submitterService } from './submitter.ts';

/** One service of master.cf. The file is ours whole: what is not in this list is no part of the gateway. */
export interface MasterService {
	/** As `postconf -M` takes it. */
	name: `${ string }/${ 'unix' | 'unix-dgram' | 'inet' }`;
	/** The whole entry, one blank between columns. */
	entry: string;
	why: string;
}

const standard = 'a service of every Postfix, as Debian ships it';
const noJail = 'in the jail a stale resolv.conf or CA bundle would defer everything';

// a table, a service a line: name type private unprivileged chroot wakeup maxproc command, and why
const services: readonly ( readonly [ entry: string, why: string ] )[] = [
	[ 'smtp inet n - y - - smtpd', 'takes mail from this server by SMTP, on loopback only (inet_interfaces)' ],
	[ 'pickup unix n - y 60 1 pickup', 'takes mail from sendmail and PHP' ],
	[ 'cleanup unix n - y - 0 cleanup', standard ],
	[ 'qmgr unix n - n 300 1 qmgr', standard ],
	[ 'tlsmgr unix - - y 1000? 1 tlsmgr', standard ],
	[ 'rewrite unix - - y - - trivial-rewrite', standard ],
	[ 'bounce unix - - y - 0 bounce', standard ],
	[ 'defer unix - - y - 0 bounce', standard ],
	[ 'trace unix - - y - 0 bounce', standard ],
	[ 'verify unix - - y - 1 verify', standard ],
	[ 'flush unix n - y 1000? 0 flush', standard ],
	[ 'proxymap unix - - n - - proxymap', standard ],
	[ 'proxywrite unix - - n - 1 proxymap', standard ],
	[ 'smtp unix - - n - - smtp', `hands mail to the provider; ${ noJail }` ],
	[ 'relay unix - - n - - smtp', 'the same program as smtp' ],
	[ 'showq unix n - y - - showq', standard ],
	[ 'error unix - - y - - error', standard ],
	[ 'retry unix - - y - - error', standard ],
	[ 'discard unix - - y - - discard', standard ],
	[ 'local unix - n n - - local', standard ],
	[ 'virtual unix - n n - - virtual', standard ],
	[ 'lmtp unix - - y - - lmtp', standard ],
	[ 'anvil unix - - y - 1 anvil', standard ],
	[ 'scache unix - - y - 1 scache', standard ],
	[ 'tlsproxy unix - - n - 0 tlsproxy', 'connection reuse without it stops all mail' ],
	[ 'postlog unix-dgram n - n - 1 postlogd', 'writes maillog_file' ],
	submitterService,
];

const asService = ( [ entry, why ]: readonly [ string, string ] ): MasterService => ( {
	name: nameOf( entry ) as MasterService[ 'name' ],
	entry,
	why,
} );

/** The services of a server without routes, and those that its routes add. */
export const masterServices = ( routes: Routes = noRoutes ): readonly MasterService[] =>
	[ ...services, ...routeServices( routes ) ].map( asService );

/** The text of master.cf. */
export function renderMasterCf( routes: Routes = noRoutes ): string {
	const head = [
		'# Email Gateway: the services of Postfix, see main.cf',
		'# Changes made by hand are found and replaced by the next Reinstall Email Gateway.',
	];
	return [ ...head, '', ...masterServices( routes ).map( ( { entry } ) => entry ), '' ].join( '\n' );
}

/** A line of `postconf -M` with one blank between its columns; options (`-o name=value`) are part of it. */
export const entryOf = ( line: string ) => line.trim().replace( /\s+/g, ' ' );

/** `smtp/unix` of an entry. */
export function nameOf( entry: string ): string {
	const [ service = '', type = '' ] = entry.split( ' ' );
	return `${ service }/${ type }`;
}
