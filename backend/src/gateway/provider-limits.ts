import { presetOfServer } from '@email-gateway/shared';
import type { Parameter } from './main-cf.ts';

/**
 * How fast mail goes to the provider: five at once, or slower where it is known to want that.
 *
 * @param ways so many share the account, and what it may: each has its part, and one connection at least
 */
export function deliveryLimits( smtpServer: string, ways = 1 ): Parameter[] {
	const preset = presetOfServer( smtpServer );
	const allowed = preset?.connections ?? 5;
	const limit = Math.min( 5, allowed );
	const concurrency = {
		name: 'smtp_destination_concurrency_limit',
		value: String( Math.max( 1, Math.floor( limit / ways ) ) ),
		why: [
			preset && allowed < 5
				? `${ preset.name } allows ${ allowed } connections at once`
				: 'providers limit parallel logins; 20 would be the default',
			...( ways > 1 ? [ partOf( limit, ways ) ] : [] ),
		].join( '; ' ),
	};
	const addresses = {
		name: 'smtp_mx_address_limit',
		value: String( limit ),
		why: 'a login that is refused is tried at each address of the provider’s name: at no more than connections are allowed',
	};
	if ( ! preset?.perMinute ) {
		return [ concurrency, addresses ];
	}
	const delay = {
		name: 'smtp_destination_rate_delay',
		value: `${ Math.ceil( ( 60 * ways ) / preset.perMinute ) }s`,
		why: `${ preset.name } allows ${ preset.perMinute } messages a minute; between two messages, so that they go one by one`,
	};
	return [ concurrency, addresses, delay ];
}

const partOf = ( limit: number, ways: number ) =>
	ways > limit
		? `${ ways } ways out share this account: one connection each, so up to ${ ways } at once`
		: `${ ways } ways out share this account, and ${ limit } connections`;

/** What sendmail takes: a larger message would be bounced by the provider later, when nobody is there to read why. */
export function sizeLimit( smtpServer: string ): Parameter {
	const preset = presetOfServer( smtpServer );
	return preset?.messageMb
		? {
				name: 'message_size_limit',
				value: String( preset.messageMb * 1_000_000 ),
				why: `${ preset.name } takes messages up to ${ preset.messageMb } MB: sendmail refuses at once what it would bounce later`,
		  }
		: {
				name: 'message_size_limit',
				value: '26214400',
				why: '25 MiB: sendmail refuses at once what providers would bounce later',
		  };
}
