import { endCap, keepCap } from '../db/caps.ts';
import { recordOf } from '../db/change-server.ts';
import { rulesOn } from '../db/rules.ts';
import type { Cap } from '../gateway/caps.ts';
import { changeRules } from './change-rules.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Sets or ends the cap of a Unix user, or of all others: a change of the gateway as an install is. Who is over the former
 * cap sends again, and is counted anew; what is held stays so. Errors: those of changeRules.
 */
export const capSite: VerbOf< Extract< JobRequest, { verb: 'cap_site' } > > = ( context, { uid, cap } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const rules = await rulesOn( app, server );
		const others = rules.caps.filter( ( one ) => one.uid !== uid );
		const own: Cap[] = cap.kind === 'usual' ? [] : [ { uid, limits: cap.kind === 'never' ? null : cap.limits } ];
		const caps = [ ...others, ...own ].sort( ( a, b ) => ( a.uid ?? 0 ) - ( b.uid ?? 0 ) );
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
		return {
			result: { verb: 'cap_site' },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );
