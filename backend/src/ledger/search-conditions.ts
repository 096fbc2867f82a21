import { causes, type MailFilter } from '@email-gateway/shared';
import { sql, type RawBuilder } from 'kysely';
import { neutral } from '../gateway/neutral-cause.ts';
import type { Hash } from './addresses.ts';
import { named } from './search-address.ts';
import { isWithheld } from './searched-log.ts';

/** What a filter demands of the rows `m` of a log `l`. `hash`: of the site, where addresses are kept so. */
export function conditionsOf( filter: MailFilter, hash: Hash | null ): RawBuilder< unknown >[] {
	const { recipient, sender, site, outcome, cause, from, to } = filter;
	const conditions: RawBuilder< unknown >[] = [];
	if ( recipient !== undefined || sender !== undefined ) {
		// mail of the gateway itself has an address of the account
		conditions.push(
			sql`not (${ isWithheld } and (m.uid is not distinct from 0 or m.origin is not distinct from 'notice'))`
		);
	}
	if ( recipient !== undefined ) {
		conditions.push( named( 'recipient', recipient, hash ) );
	}
	if ( sender !== undefined ) {
		conditions.push( named( 'sender', sender, hash ) );
	}
	if ( site === '' ) {
		conditions.push( sql`m.origin = 'smtp'` );
	}
	if ( outcome !== undefined ) {
		// no second condition for the index of all that were not accepted: the planner knows that this one implies it, and with
		// both would think that almost no row is left
		conditions.push( sql`m.outcome = ${ outcome }` );
	}
	if ( cause !== undefined ) {
		const shownAs = JSON.stringify( causes.filter( ( one ) => neutral( one ) === cause ) );
		conditions.push( sql`m.outcome <> 'accepted' and case when ${ isWithheld }
			then m.cause in (select json_array_elements_text(${ shownAs }::json)) else m.cause = ${ cause } end` );
	}
	if ( from !== undefined ) {
		conditions.push( sql`m.at >= ${ from }::timestamptz` );
	}
	if ( to !== undefined ) {
		conditions.push( sql`m.at < ${ to }::timestamptz` );
	}
	return conditions;
}
