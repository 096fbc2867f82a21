import type { MailEntry, MailHour } from '@email-gateway/shared';
import type { SiteClient } from '../../backend/test-fixtures/site-client.ts';

/** What a person can read of the mail of some servers. */
export interface ReadLog {
	entries: MailEntry[];
	/** By the day. */
	counts: MailHour[];
	gaps: number;
}

/** Reads the whole Mail Log as its screen does, page by page. Throws where a page is refused. */
export async function readMailLog( site: SiteClient, serverIds: readonly number[] ): Promise< ReadLog > {
	const ids = serverIds.join( ',' );
	const entries: MailEntry[] = [];
	let gaps = 0;
	let before: string | null = null;
	do {
		const query: string = `?${ new URLSearchParams( { ids, ...( before === null ? {} : { before } ) } ) }`;
		const page = await told( site.call( 'readFleetMailLog', { query, actor: somebody() } ) );
		entries.push( ...page.entries );
		gaps = page.logs.reduce( ( sum, log ) => sum + log.gaps.length, 0 );
		before = page.next;
	} while ( before !== null );
	const dayMs = 86_400_000;
	const [ from, to ] = [ -2, 2 ].map( ( days ) => new Date( Date.now() + days * dayMs ).toISOString() ) as [
		string,
		string,
	];
	const query = `?${ new URLSearchParams( { ids, per: 'day', of: 'all', from, to } ) }`;
	const { counts } = await told( site.call( 'mailCounters', { query, actor: somebody() } ) );
	return { entries, counts, gaps };
}

async function told< Body >( answer: Promise< { status: number; body: Body } > ): Promise< Body > {
	const { status, body } = await answer;
	if ( status !== 200 ) {
		throw new Error( `The Mail Log is not told: ${ status } ${ JSON.stringify( body ) }` );
	}
	return body;
}

let asked = 1;
/** One person reads no thousand pages a minute. */
const somebody = () => ( { userId: ++asked } );
