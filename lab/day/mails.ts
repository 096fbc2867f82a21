import { fates, type FateName } from './fates.ts';

/** How a site hands a message over: by PHP’s mail(), or by SMTP to 127.0.0.1. */
export type Way = 'sendmail' | 'smtp';

/** One message that a site sends. */
export interface Mail {
	/** Domain of the site. */
	site: string;
	way: Way;
	recipients: string[];
	/** Nothing else has it. */
	subject: string;
}

/** What twenty mails of a site meet: most are accepted, as in life. */
const mix: readonly FateName[] = [
	...[ 'accepted', 'accepted', 'greylisted', 'accepted', 'unknown', 'accepted', 'limited' ],
	...[ 'accepted', 'accepted', 'content', 'accepted', 'greylisted', 'accepted', 'held' ],
	...[ 'accepted', 'unknown', 'accepted', 'accepted', 'limited', 'accepted' ],
] as FateName[];

/** Two of five by SMTP. */
const ways: readonly Way[] = [ 'sendmail', 'smtp', 'sendmail', 'smtp', 'sendmail' ];

/**
 * The mails of one part of the day, the sites in turn. Each fiftieth has a second recipient, whom nobody knows.
 *
 * @param part begins each subject and address
 * @param only one fate, one way for all of them
 */
export function mailsOf(
	part: string,
	{ sites, count, only = {} }: { sites: readonly string[]; count: number; only?: { fate?: FateName; way?: Way } }
): Mail[] {
	return Array.from( { length: count }, ( _, n ) => {
		// turns of their own: each site meets each fate by each way
		const turn = Math.floor( n / sites.length );
		const fate = only.fate ?? ( mix[ turn % mix.length ] as FateName );
		const to = ( name: FateName ) => `${ part }-${ n }@${ fates[ name ].domain }`;
		const hasSecond = n % 50 === 0 && fate === 'accepted';
		return {
			site: sites[ n % sites.length ] as string,
			way: only.way ?? ( ways[ ( turn + Math.floor( turn / mix.length ) ) % ways.length ] as Way ),
			recipients: hasSecond ? [ to( fate ), to( 'unknown' ) ] : [ to( fate ) ],
			subject: `${ part }-${ n }`,
		};
	} );
}

/** As mail-plugin.php reads them. */
export const listOf = ( mails: readonly Mail[] ): string =>
	mails.map( ( { way, recipients, subject } ) => `${ way } ${ recipients.join( ',' ) } ${ subject }\n` ).join( '' );
