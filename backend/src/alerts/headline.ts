import type { AlertMessage, AlertTrouble } from '@email-gateway/shared';

const short: Record< AlertTrouble, string > = {
	waiting: 'mail is waiting',
	refused: 'mail is refused',
	changed: 'changed by hand',
	stopped: 'mail has stopped',
	replaced: 'another mail system',
	unreachable: 'cannot be reached',
	unfinished: 'a change did not finish',
	not_checked: 'not checked',
	certificate: 'certificate expires soon',
	certificate_soon: 'certificate expires in days',
	many_refused: 'much mail is refused',
	unusually_many: 'unusually much mail',
	fell_silent: 'sends nothing any longer',
	disk_low: 'its disk is nearly full',
	clock_wrong: 'its clock is wrong',
	over_cap: 'a site is over its cap',
	on_backup: 'mail leaves by a backup account',
	account_limit: 'an account is near its limit',
	account_limit_soon: 'an account is at its limit soon',
	channel_failed: 'alerts do not arrive',
};

/** One line that names what it is about first. */
export function headline( { kind, trouble, servers, server, provider, site }: AlertMessage ): string {
	if ( kind === 'test' ) {
		return `Test alert from ${ nameOf( site ) }`;
	}
	if ( kind === 'report' ) {
		return `Weekly report of ${ nameOf( site ) }`;
	}
	const all = servers.length > 0 ? servers : server ? [ server ] : [];
	const many = all.length > 1 ? `${ all.length } servers` : all[ 0 ]?.host ?? nameOf( site );
	const about = provider && all.length > 1 ? `${ provider }, ${ many }` : many;
	const what = kind === 'over' ? 'works again' : trouble ? short[ trouble ] : 'trouble';
	return `${ about }: ${ kind === 'still' ? 'still: ' : '' }${ what }`;
}

const nameOf = ( url: string ) => URL.parse( url )?.hostname ?? url;

/** What is told below the headline: the text, and each server where there is more than one. */
export function paragraphs( { text, servers }: AlertMessage, most = 10 ): string[] {
	if ( servers.length <= 1 ) {
		return [ text ];
	}
	const listed = servers.slice( 0, most ).map( ( { host } ) => `• ${ host }` );
	const more = servers.length > most ? [ `• and ${ servers.length - most } more` ] : [];
	return [ text, [ ...listed, ...more ].join( '\n' ) ];
}

/** The screen of a server, by its post id. */
export const linkToServer = ( url: string, serverId: number ): string =>
	`${ url.replace( /\/+$/, '' ) }/wp-admin/post.php?post=${ serverId }&action=edit`;

/** Where to go on: the screen of the server, or the alerts of the site, unless it says where. */
export const linkOf = ( { link, server, site }: AlertMessage ): string =>
	link ?? server?.link ?? `${ site.replace( /\/+$/, '' ) }/wp-admin/options-general.php?page=email-gateway#alerts`;
