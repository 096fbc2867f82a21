import type { CheckedSettings, GatewaySettings } from '@email-gateway/shared';
import { noteProved } from '../db/accounts.ts';
import type { OfAccount } from '../db/settings.ts';
import { GatewayError, isFailure } from '../errors.ts';
import type { PreflightInput } from '../mail/preflight.ts';
import type { Remote } from '../ssh/remote.ts';
import type { Secret } from '../vault/secret.ts';
import type { JobContext } from './context.ts';

interface Wanted {
	settings: GatewaySettings;
	password: Secret;
}

/**
 * Signs in to the provider as one step, which proves the saved accounts that are signed in with, as they are then; where the
 * server forwards nothing, nobody was asked. Errors: provider_*.
 */
export async function preflightStep(
	context: JobContext,
	remote: Remote,
	{ saved, ...wanted }: Wanted & { saved: readonly ( OfAccount | null )[] }
): Promise< void > {
	const { app, site } = context;
	const { skipped } = await context.step( 'preflight', async () => {
		const { settings, password } = wanted;
		const value = await app.tools.preflight( remote, inputOf( context, { settings, password } ) );
		return { value, detail: { ...value } };
	} );
	for ( const account of skipped ? [] : saved ) {
		if ( account ) {
			await noteProved( app.db, { siteId: site.id, ...account, by: 'sign_in' } );
		}
	}
}

/** Looks at everything there is to see at the provider, as one step: it fails where mail would not go. */
export async function checkStep( context: JobContext, remote: Remote, wanted: Wanted ): Promise< CheckedSettings > {
	let checked: CheckedSettings | undefined;
	try {
		return await context.step( 'preflight', async () => {
			checked = await context.app.tools.checkProvider( remote, inputOf( context, wanted ) );
			const { problem, tls, skipped } = checked;
			if ( problem ) {
				throw new GatewayError( problem.code, problem.detail );
			}
			const detail = { tlsVersion: tls?.version ?? null, certificateName: tls?.names[ 0 ] ?? null };
			return { value: checked, detail: skipped ? { skipped } : detail };
		} );
	} catch ( error ) {
		// that mail would not go is what was asked for, not a failure of the asking
		if ( checked?.problem && isFailure( error ) && error.code === checked.problem.code ) {
			return checked;
		}
		throw error;
	}
}

function inputOf( { app, job, stopSignal }: JobContext, wanted: Wanted ): PreflightInput {
	// who is no administrator must not use a server to look around in its network
	const { allowedPrivateRanges } = app.config;
	const reach = job.askedBy.administrator ? {} : { reach: { mayReachLocalAddresses: false, allowedPrivateRanges } };
	return { ...wanted, signal: stopSignal(), ...reach };
}
