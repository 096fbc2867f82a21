import { GatewayError } from '../errors.ts';
import type { Facts, Marker } from './facts.ts';
import { addressName, isInTheWay } from './listening.ts';
import { entryOf, masterServices } from './master-cf.ts';

export interface RefusalInput {
	site: { id: string; serverId: number };
	/** Explicit choices of the person, see `consents` of the contract. */
	consents: readonly string[];
}

/** Why no gateway may be installed on this server; null where it may. Nothing has been changed. */
export function refusalOf( facts: Facts, { site, consents }: RefusalInput ): GatewayError | null {
	if ( ! isSupported( facts.system ) ) {
		return new GatewayError( 'system_unsupported', {
			found: facts.system.prettyName || facts.system.id || 'unknown',
		} );
	}
	if ( facts.panels.length > 0 ) {
		return new GatewayError( 'panel_found', { found: facts.panels } );
	}
	const manager = facts.marker;
	const isOurs = manager === null || ( manager.site.id === site.id && manager.serverId === site.serverId );
	if ( ! isOurs && ! consents.includes( 'adopt_from_another_site' ) ) {
		return managedElsewhere( manager, facts, site );
	}
	const foreign = foreignMail( facts );
	if ( foreign.length > 0 && ! consents.includes( 'replace_foreign_postfix' ) ) {
		return new GatewayError( 'foreign_postfix', { found: foreign } );
	}
	const taken = facts.port25.find( isInTheWay );
	// what apt takes away for Postfix lets go of the port
	const isReplaced = facts.sendmail !== 'none' && facts.sendmail !== 'unpackaged' && facts.sendmail !== 'postfix';
	if ( taken && ! isReplaced ) {
		return new GatewayError( 'port_25_taken', {
			program: taken.program || 'unknown',
			address: addressName( taken.address ),
		} );
	}
	return null;
}

/** The failure where a marker is not of the server of this site that was asked for. */
export const managedElsewhere = (
	marker: Marker,
	{ machine }: Pick< Facts, 'machine' >,
	{ id }: { id: string }
): GatewayError =>
	new GatewayError( 'managed_by_another_site', {
		siteUrl: marker.site.url,
		serverId: marker.serverId,
		sameSite: marker.site.id === id,
		// that server may be alive, and this one sends with its password
		isCopy: marker.machine !== undefined && marker.machine !== machine,
	} );

/** Tested: Debian 12 and 13. Supported, not tested: Debian 11, Ubuntu 22.04 and later. */
export function supportOf( system: Facts[ 'system' ] ): 'tested' | 'untested' | 'unsupported' {
	if ( ! isSupported( system ) ) {
		return 'unsupported';
	}
	return system.id === 'debian' && Number( system.versionId ) >= 12 ? 'tested' : 'untested';
}

function isSupported( { id, versionId }: Facts[ 'system' ] ): boolean {
	const version = Number( versionId );
	if ( id === 'debian' ) {
		return version >= 11 && version <= 13;
	}
	return id === 'ubuntu' && version >= 22.04;
}

/**
 * What shows that somebody set up mail here by hand; empty where nobody did. A Postfix as the package leaves it
 * with "No configuration" (no main.cf) or "Local only" is nobody's.
 */
function foreignMail( facts: Facts ): string[] {
	if ( facts.generation > 0 || facts.marker !== null ) {
		return [];
	}
	if ( facts.sendmail === 'unpackaged' ) {
		return [ '/usr/sbin/sendmail belongs to no package' ];
	}
	const { parameters, services, mainIsLink } = facts.postfix;
	if ( facts.postfixVersion === null ) {
		return [];
	}
	if ( mainIsLink ) {
		return [ '/etc/postfix/main.cf is a symbolic link' ];
	}
	const isLocalOnly =
		parameters.includes( 'default_transport = error' ) && parameters.includes( 'inet_interfaces = loopback-only' );
	const telling = parameters.filter(
		( line ) =>
			! isLocalOnly || ( line !== 'relayhost =' && ! writtenByThePackage.has( line.split( ' ' )[ 0 ] ?? '' ) )
	);
	return [ ...telling, ...services.map( entryOf ).filter( ( entry ) => ! isOfThePackage( entry ) ) ]
		.slice( 0, 20 )
		.map( ( line ) => line.slice( 0, 200 ).toWellFormed() );
}

/** Whether a service is as every Postfix has it, or one of the examples in Debian's master.cf. */
function isOfThePackage( entry: string ): boolean {
	const [ name = '', type = '', , , , , , program = '', ...options ] = entry.split( ' ' );
	if ( type === 'unix' && program === 'pipe' ) {
		return examples.has( name );
	}
	const isKnown = masterServices().some( ( service ) => service.name === `${ name }/${ type }` );
	return (
		isKnown &&
		( options.length === 0 || ( name === 'relay' && options.every( ( option ) => ! /^smtp/.test( option ) ) ) )
	);
}

const examples = new Set( [ 'maildrop', 'uucp', 'ifmail', 'bsmtp', 'scalemail-backend', 'mailman' ] );

/** Keys that Debian's package writes for "Local only". */
const writtenByThePackage = new Set( [
	'alias_database',
	'alias_maps',
	'append_dot_mydomain',
	'biff',
	'compatibility_level',
	'cyrus_sasl_config_path',
	'default_transport',
	'inet_interfaces',
	'inet_protocols',
	'mailbox_command',
	'mailbox_size_limit',
	'mydestination',
	'myhostname',
	'mynetworks',
	'mynetworks_style',
	'myorigin',
	'readme_directory',
	'recipient_delimiter',
	'relay_transport',
	'smtp_tls_CApath',
	'smtp_tls_security_level',
	'smtp_tls_session_cache_database',
	'smtpd_banner',
	'smtpd_relay_restrictions',
	'smtpd_tls_cert_file',
	'smtpd_tls_key_file',
	'smtpd_tls_security_level',
] );
