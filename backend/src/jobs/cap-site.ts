import { capsOn, endCap, keepCap } from '../db/caps.ts';
import { recordOf } from '../db/change-server.ts';
import { rulesOn } from '../db/rules.ts';
import { thatLimit, type Cap } from '../gateway/caps.ts';
import { changeRules } from './change-rules.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { seeAgain } from './see-again.ts';
import type { JobRequest } from './request.ts';

/**
 * Sets or ends the cap of a Unix user, or of all others: a change of the gateway as an install is. Who is over the former
 * cap sends again, and is counted anew; what is held stays so. Errors: those of changeRules.
 */
export const capSite: VerbOf< Extract< JobRequest, { verb: 'cap_site' } > > = ( context, { uid, cap } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const rules = await rulesOn( app, server );
		const kept = ( await capsOn( app.db, server ) ).map( ( one ) => ( { uid: one.uid, limits: one.limits } ) );
		const others = kept.filter( ( one ) => one.uid !== uid );
		// that all others are never held is the same as that they have none
		const isNone = cap.kind === 'usual' || ( cap.kind === 'never' && uid === null );
		const own: Cap[] = isNone ? [] : [ { uid, limits: cap.kind === 'limits' ? cap.limits : null } ];
		const caps = thatLimit( [ ...others, ...own ].sort( ( a, b ) => ( a.uid ?? 0 ) - ( b.uid ?? 0 ) ) );
		const seen = await changeRules( context, remote, { facts, next: { ...rules, caps } } );
		for ( const one of own ) {
			await keepCap( app.db, server, { ...one, by: job.askedBy.login } );
		}
		if ( own.length === 0 ) {
			await endCap( app.db, server, uid );
		}
		if ( uid !== null && caps.length > 0 && facts.over.some( ( one ) => one.uid === uid && one.isOver ) ) {
			await app.tools.resumeCap( remote, { uid, signal: context.stopSignal() } );
		}
		await seeAgain( context, remote );
		return {
			result: { verb: 'cap_site' },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );
