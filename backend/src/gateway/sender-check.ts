import { presetOfAccount, type DnsRecord, type SenderCheck } from '@email-gateway/shared';
import { dmarcName, dmarcOf, domainsUpwards } from './dmarc.ts';
import { providerSenders, type ProviderSender } from './provider-senders.ts';
import { followSpf, isSpfWellFormed, lookupsAllowed, mergeSpf, spfRecords, type Zone } from './spf.ts';

export interface SenderQuestion {
	smtpServer: string;
	userName: string;
	sendingDomain: string;
}

const senderOf = ( question: SenderQuestion ): ProviderSender | null =>
	providerSenders[ presetOfAccount( question )?.id ?? '' ] ?? null;
const dkimName = ( selector: string, domain: string ) => `${ selector }._domainkey.${ domain }`;

/** The names to ask DNS for first; what SPF records lead to follows from the answers. */
export function namesToAsk( question: SenderQuestion ): string[] {
	const { sendingDomain: domain } = question;
	const selectors = senderOf( question )?.selectors ?? [];
	return [
		domain,
		...domainsUpwards( domain ).map( dmarcName ),
		...selectors.map( ( selector ) => dkimName( selector, domain ) ),
	];
}

/** What receivers will make of mail from the Sending Domain through this provider. Pure: `zone` is what DNS said. */
export function judgeSender( question: SenderQuestion, zone: Zone ): SenderCheck {
	const { sendingDomain: domain } = question;
	const sender = senderOf( question );
	const spf = spfOf( question, sender, zone );
	const dkim = dkimOf( domain, sender, zone );
	const dmarc = dmarcOf( domain, zone );
	const verdict = verdictOf( { domain, sender, spf: spf.seen, dkim: dkim.seen, zone } );
	const isOurs = verdict === 'passes' || verdict === 'fails' || verdict === 'cannot_tell';
	const toAdd =
		isOurs && dkim.seen.state !== 'by_provider'
			? [ ...spf.toAdd, ...dkim.toAdd, ...dmarcToAdd( domain, dmarc, zone ) ]
			: [];
	return { domain, verdict, spf: spf.seen, dkim: dkim.seen, dmarc, toAdd };
}

function verdictOf( {
	domain,
	sender,
	spf,
	dkim,
	zone,
}: Pick< SenderCheck, 'domain' | 'spf' | 'dkim' > & {
	sender: ProviderSender | null;
	zone: Zone;
} ): SenderCheck[ 'verdict' ] {
	if ( zone.get( domain ) === 'no_such_name' ) {
		return 'no_such_domain';
	}
	if ( dkim.state === 'by_provider' ) {
		return 'passes';
	}
	if ( Object.values( providerSenders ).some( ( other ) => other !== sender && other.domains?.includes( domain ) ) ) {
		return 'foreign_domain';
	}
	if ( sender === providerSenders.gmail ) {
		return 'rewritten';
	}
	if ( dkim.state === 'found' || spf.state === 'passes' ) {
		return 'passes';
	}
	const mayPass = dkim.state === 'cannot_tell' || spf.state === 'cannot_tell';
	return mayPass ? 'cannot_tell' : 'fails';
}

const nowhere = { names: new Set< string >(), lookups: 0, complete: true, loops: false };

interface Judged< Part extends 'spf' | 'dkim' > {
	seen: SenderCheck[ Part ];
	toAdd: DnsRecord[];
}

function spfOf( question: SenderQuestion, sender: ProviderSender | null, zone: Zone ): Judged< 'spf' > {
	const { sendingDomain: domain, smtpServer } = question;
	const records = spfRecords( zone.get( domain ) );
	const [ record = null ] = records ?? [];
	const { names, lookups, complete, loops } = record ? followSpf( domain, record, zone ) : nowhere;
	const seen = { record, lookups: record && complete ? lookups : null };
	if ( sender?.envelope === 'own' ) {
		return { seen: { ...seen, state: 'not_needed' }, toAdd: [] };
	}
	if ( ! records ) {
		return { seen: { ...seen, state: 'cannot_tell' }, toAdd: [] };
	}
	const include = sender?.spfOf?.[ smtpServer ] ?? sender?.spf?.[ 0 ];
	const add = ( replaces: string | null ): DnsRecord[] =>
		include ? [ { type: 'TXT', name: domain, value: mergeSpf( records, include ), replaces } ] : [];
	// What voids a record does so with every provider, one that is not known here among them.
	if ( records.length > 1 ) {
		return { seen: { ...seen, state: 'several_records' }, toAdd: add( records.join( '\n' ) ) };
	}
	if ( record && ! isSpfWellFormed( record ) ) {
		return { seen: { ...seen, state: 'broken' }, toAdd: [] };
	}
	if ( loops ) {
		return { seen: { ...seen, state: 'loops' }, toAdd: [] };
	}
	if ( lookups > lookupsAllowed ) {
		return { seen: { ...seen, state: 'too_many_lookups' }, toAdd: [] };
	}
	if ( ! include ) {
		return { seen: { ...seen, state: 'cannot_tell' }, toAdd: [] };
	}
	if ( record === null ) {
		return { seen: { ...seen, state: 'missing' }, toAdd: add( null ) };
	}
	if ( sender?.spf?.some( ( name ) => names.has( name ) ) ) {
		return { seen: { ...seen, state: 'passes' }, toAdd: [] };
	}
	// one more would void the whole record: something must go first, and only its owner knows what
	const fits = followSpf( domain, mergeSpf( records, include ), zone ).lookups <= lookupsAllowed;
	return fits
		? {
				seen: { ...seen, state: complete ? 'lacks_provider' : 'cannot_tell' },
				toAdd: complete ? add( record ) : [],
		  }
		: { seen: { ...seen, state: 'too_many_lookups' }, toAdd: [] };
}

function dkimOf( domain: string, sender: ProviderSender | null, zone: Zone ): Judged< 'dkim' > {
	if ( sender?.domains?.includes( domain ) ) {
		return { seen: { state: 'by_provider', selectors: [] }, toAdd: [] };
	}
	const { selectors = [], selectorsAreAll, cname } = sender ?? {};
	const answers = selectors.map( ( selector ) => ( {
		selector,
		answer: zone.get( dkimName( selector, domain ) ) ?? 'no_answer',
	} ) );
	const found = answers
		// an empty `p=` is a key that was withdrawn, and one that is not base64 is none
		.filter(
			( { answer } ) =>
				typeof answer !== 'string' &&
				answer.some( ( text ) => /(^|;)\s*p\s*=\s*[A-Za-z0-9+/][A-Za-z0-9+/=\s]*(;|$)/.test( text ) )
		)
		.map( ( { selector } ) => selector );
	if ( found.length ) {
		return { seen: { state: 'found', selectors: found }, toAdd: [] };
	}
	const isKnown = selectorsAreAll === true && answers.every( ( { answer } ) => answer !== 'no_answer' );
	if ( ! isKnown ) {
		return { seen: { state: 'cannot_tell', selectors: [ ...selectors ] }, toAdd: [] };
	}
	const toAdd = selectors.flatMap( ( selector ): DnsRecord[] => {
		const value = cname?.( selector, domain );
		return value ? [ { type: 'CNAME', name: dkimName( selector, domain ), value, replaces: null } ] : [];
	} );
	return { seen: { state: 'missing', selectors: [ ...selectors ] }, toAdd };
}

/** A policy that only watches: a stricter one is its owner's decision. */
function dmarcToAdd( domain: string, { state }: SenderCheck[ 'dmarc' ], zone: Zone ): DnsRecord[] {
	if ( state !== 'missing' ) {
		return [];
	}
	const name = dmarcName( domain );
	const answer = zone.get( name ) ?? [];
	const replaces = typeof answer === 'string' ? null : answer.find( ( text ) => /^v=DMARC1/i.test( text ) ) ?? null;
	return [ { type: 'TXT', name, value: 'v=DMARC1; p=none', replaces } ];
}
