import { jobPassword } from '../db/places.ts';
import { rulesOn } from '../db/rules.ts';
import { GatewayError } from '../errors.ts';
import { desire } from '../gateway/desired.ts';
import { plan } from '../gateway/plan.ts';
import { refusalOf } from '../gateway/refusal.ts';
import { rootMailOf } from '../gateway/root-mail.ts';
import type { VerbOf } from './context.ts';
import { askWhoTakesMail } from './install-gateway.ts';
import { withLook } from './look-at.ts';
import { siteAdminMailOf, type JobRequest } from './request.ts';
import { asIfNoCredential, refuseUnshownFound } from './unshown.ts';

/** What an install would change, and why. Changes nothing. Errors: those of `refusalOf`. */
export const previewChanges: VerbOf< Extract< JobRequest, { verb: 'preview_changes' } > > = (
	context,
	{ settings, consents, siteUrl }
) =>
	withLook( context, async ( _remote, facts ) => {
		const { app, job, server, site } = context;
		const password = await app.secrets.read( app.db, jobPassword( job ) );
		if ( ! password ) {
			throw new GatewayError( 'password_required' );
		}
		const managing = { id: site.id, url: siteUrl, serverId: job.serverId };
		const refusal = refusalOf( facts, { site: managing, consents } );
		if ( refusal ) {
			throw refusal;
		}
		await refuseUnshownFound( context, facts );
		const rootMail = rootMailOf( settings, siteAdminMailOf( job.askedBy ) );
		const rules = await rulesOn( app, server );
		const takesMail = await askWhoTakesMail( context, { settings, siteUrl }, facts );
		const changes = await context.step( 'plan', async () => {
			const found = asIfNoCredential( context, facts );
			const value = plan(
				found,
				desire( { settings, password, rootMail, site: managing, takesMail, rules }, facts )
			);
			return { value, detail: { changes: value.length } };
		} );
		return { result: { verb: 'preview_changes', plan: changes } };
	} );
