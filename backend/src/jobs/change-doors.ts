import { recordOf } from '../db/change-server.ts';
import { closedDoorsOn, keepClosedDoors } from '../db/closed-doors.ts';
import { rulesOn } from '../db/rules.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import { changeRules } from './change-rules.ts';
import type { VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { previewRules } from './preview-rules.ts';
import type { ClosableUser, JobRequest } from './request.ts';

/** What closing the side doors of these users would change. Changes nothing. Errors: door_of_sign_in, those of previewRules. */
export const previewDoors: VerbOf< Extract< JobRequest, { verb: 'preview_doors' } > > = ( context, { users } ) =>
	withLook( context, ( _remote, facts ) =>
		previewRules( context, facts, { closedDoors: numbersOf( users, facts ) } )
	);

/**
 * Closes the side doors of these users and opens all others: a change of the gateway as an install is.
 * Errors: door_of_sign_in, those of changeRules.
 */
export const changeDoors: VerbOf< Extract< JobRequest, { verb: 'change_doors' } > > = ( context, { users } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const closedDoors = numbersOf( users, facts );
		const rules = await rulesOn( app, server );
		const seen = await changeRules( context, remote, { facts, next: { ...rules, closedDoors } } );
		const before = await closedDoorsOn( app, server );
		const added = { at: new Date().toISOString(), by: job.askedBy.login };
		const doors = users.map( ( { uid, user } ) => {
			const known = before.find( ( one ) => one.uid === uid );
			return { ...( known ?? added ), uid, user };
		} );
		await keepClosedDoors( app, server, doors );
		return {
			result: { verb: 'change_doors', closed: doors.length },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

/** What we ask of a provider goes through our session, as its user’s own. */
function numbersOf( users: readonly ClosableUser[], { signedInAs }: Facts ): number[] {
	const own = users.find( ( { uid } ) => uid === signedInAs );
	if ( own ) {
		throw new GatewayError( 'door_of_sign_in', { user: own.user ?? String( own.uid ) } );
	}
	return users.map( ( { uid } ) => uid );
}
