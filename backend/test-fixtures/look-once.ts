import { sql } from 'kysely';
import type { App } from '../src/app.ts';
import { claimDue, watchInstalled } from '../src/db/watches.ts';
import { lookForPulse } from '../src/jobs/pulse.ts';

const never = new AbortController().signal;

/** Makes all servers due and looks at each, as the loop would. */
export async function lookOnce( app: App ): Promise< void > {
	await watchInstalled( app.db );
	await sql`update watches set due_at = now(), claimed_until = null`.execute( app.db );
	for ( const watch of await claimDue( app.db, { free: 8, mostOfSite: 8, held: [] } ) ) {
		await lookForPulse( app, watch, never );
	}
}
