import type { Zones } from './zones.ts';

const dkimKey =
	'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuAT0bFgYX2HeLEb9+4ZjMPeRW5w3mDe5jiuVheXILZFLKEU0h/URU2hXR6KtRNf+dHMTNO3EXHvr+dIm8ldlQYxbCz63UQwzUaiyjgbqjh3HEUH/9FiBIwkdLiBEte1OldAGGCSeHygm9w1QNmUfbnGzIJCmx8rMtbNwbWl9d2cy8LMCsg2MW3bjByjTOzwPmQMh6IeJ77rmUakqTNvvj5pmsUTsSmF48q50aPoRUdN+AQHoQJHRm2r/OXW/QpuQMz6C4n3bLnsZj+0fr9+Wm87Vdm7bp83eLvvELUQrCWLCDTr4bkjEqlSHeKS/pGrN/G4iDkqoy6Lj8I+diTQVbwIDAQAB';
const dkim = `v=DKIM1; k=rsa; p=${ dkimKey }`;
const rejecting = 'v=DMARC1; p=reject; rua=mailto:dmarc@example.test';
const other = '203.0.113.77';

interface Published {
	SPF?: string[];
	/** By selector; the lab's provider signs with `lab`. */
	DKIM?: Record< string, { TXT: string[] } | { CNAME: string } >;
	DMARC?: string[];
}

/**
 * Domains that send mail, right and wrong in one way each; the name says which.
 *
 * @param provider the provider's domain, whose SPF record others include
 * @param address where the provider sends from
 */
export function senderDomains( provider: string, address: string ): Zones {
	const right = {
		SPF: [ `v=spf1 include:spf.${ provider } -all` ],
		DKIM: { lab: { TXT: [ dkim ] } },
		DMARC: [ rejecting ],
	};
	const without = ( part: keyof Published ): Published => ( { ...right, [ part ]: part === 'DKIM' ? {} : [] } );
	const domains: Record< string, Published > = {
		'sender-good.test': right,
		'sender-cname.test': { ...right, DKIM: { lab: { CNAME: `lab.dkim.${ provider }` } } },
		'sender-bare.test': {},
		'spf-missing.test': without( 'SPF' ),
		'spf-fail.test': { ...right, SPF: [ `v=spf1 ip4:${ other } -all` ] },
		'spf-softfail.test': { ...right, SPF: [ `v=spf1 ip4:${ other } ~all` ] },
		'spf-neutral.test': { ...right, SPF: [ `v=spf1 ip4:${ other } ?all` ] },
		'spf-two.test': { ...right, SPF: [ 'v=spf1 mx -all', `v=spf1 include:spf.${ provider } -all` ] },
		'spf-wrong.test': { ...right, SPF: [ `v=spf1 include:spf.${ provider } ipv4:${ address } -all` ] },
		'spf-open.test': { ...right, SPF: [ 'v=spf1 +all' ] },
		'spf-loop.test': { ...right, SPF: [ 'v=spf1 include:spf-loop.test -all' ] },
		'spf-many.test': { ...right, SPF: [ 'v=spf1 include:1.spf-many.test -all' ] },
		'spf-redirect.test': { ...right, SPF: [ `v=spf1 redirect=spf.${ provider }` ] },
		'spf-void.test': { ...right, SPF: [ 'v=spf1 include:gone.spf-void.test -all' ] },
		'dkim-missing.test': without( 'DKIM' ),
		'dkim-revoked.test': { ...right, DKIM: { lab: { TXT: [ 'v=DKIM1; k=rsa; p=' ] } } },
		'dkim-wrong.test': { ...right, DKIM: { lab: { TXT: [ 'v=DKIM1; k=rsa; p=not*a*key' ] } } },
		'dmarc-missing.test': without( 'DMARC' ),
		'dmarc-none.test': { ...right, DMARC: [ 'v=DMARC1; p=none' ] },
		'dmarc-quarantine.test': { ...right, DMARC: [ 'v=DMARC1; p=quarantine; pct=50' ] },
		'dmarc-strict.test': { ...right, DMARC: [ 'v=DMARC1; p=reject; adkim=s; aspf=s' ] },
		'dmarc-two.test': { ...right, DMARC: [ rejecting, 'v=DMARC1; p=none' ] },
		'dmarc-wrong.test': { ...right, DMARC: [ 'v=DMARC1; policy=reject' ] },
		// a sub-domain without a policy of its own has that of the domain above
		'news.dmarc-subdomain.test': without( 'DMARC' ),
		'dmarc-subdomain.test': { ...right, DMARC: [ 'v=DMARC1; p=none; sp=reject' ] },
		// two providers whose selectors everybody knows
		'sender-sendgrid.test': {
			SPF: [ 'v=spf1 include:sendgrid.net ~all' ],
			DKIM: {
				s1: { CNAME: 's1.domainkey.u1.wl.sendgrid.net' },
				s2: { CNAME: 's2.domainkey.u1.wl.sendgrid.net' },
			},
			DMARC: [ rejecting ],
		},
		'sender-google.test': {
			SPF: [ 'v=spf1 include:_spf.google.com ~all' ],
			DKIM: { google: { TXT: [ dkim ] } },
			DMARC: [ rejecting ],
		},
	};
	return {
		...Object.fromEntries(
			Object.entries( domains ).flatMap( ( [ name, published ] ) => zone( name, published ) )
		),
		...manyLookUps( 11 ),
		[ `spf.${ provider }` ]: { TXT: [ `v=spf1 ip4:${ address } -all` ] },
		[ `lab.dkim.${ provider }` ]: { TXT: [ dkim ] },
		'sendgrid.net': { TXT: [ 'v=spf1 ip4:198.51.100.0/24 ~all' ] },
		's1.domainkey.u1.wl.sendgrid.net': { TXT: [ dkim ] },
		's2.domainkey.u1.wl.sendgrid.net': { TXT: [ dkim ] },
		'_spf.google.com': { TXT: [ 'v=spf1 ip4:192.0.2.0/24 ~all' ] },
		// the name exists, and asking it ends in an error: nobody can tell
		'dns-broken.test': { broken: true },
		'_dmarc.dns-broken.test': { broken: true },
		'lab._domainkey.dns-broken.test': { broken: true },
	};
}

function zone( name: string, { SPF = [], DKIM = {}, DMARC = [] }: Published ): [ string, Zones[ string ] ][] {
	return [
		// beside an SPF record there is always somebody else's text
		[
			name,
			{
				MX: [ { preference: 10, exchange: `mx.${ name }` } ],
				TXT: [ ...SPF, 'site-verification=5d41402abc4b2a76' ],
			},
		],
		[ `mx.${ name }`, { A: [ other ] } ],
		...Object.entries( DKIM ).map( ( [ selector, record ] ): [ string, Zones[ string ] ] => [
			`${ selector }._domainkey.${ name }`,
			record,
		] ),
		...( DMARC.length > 0 ? [ [ `_dmarc.${ name }`, { TXT: DMARC } ] as [ string, Zones[ string ] ] ] : [] ),
	];
}

/** RFC 7208: more than ten look-ups are an error. */
function manyLookUps( count: number ): Zones {
	const links = Array.from( { length: count }, ( _, index ): [ string, Zones[ string ] ] => [
		`${ index + 1 }.spf-many.test`,
		{
			TXT: [
				index + 1 === count ? `v=spf1 ip4:${ other } -all` : `v=spf1 include:${ index + 2 }.spf-many.test -all`,
			],
		},
	] );
	return Object.fromEntries( links );
}
