import { __, _x, sprintf } from '@wordpress/i18n';
import type { SenderCheck } from '@email-gateway/shared';
import type { CheckedRow } from './checked.ts';

type Spf = SenderCheck[ 'spf' ];
type Told = Pick< CheckedRow, 'seen' | 'good' >;

const verdicts: Record< SenderCheck[ 'verdict' ], ( domain: string ) => Told > = {
	passes: ( domain ) => ( {
		/* translators: %s: a domain */
		seen: sprintf( __( 'Receivers can see that mail from %s is genuine.', 'email-gateway' ), domain ),
		good: true,
	} ),
	fails: ( domain ) => ( {
		seen: sprintf(
			/* translators: %s: a domain */
			__(
				'Receivers cannot see that mail from %s is genuine: it may be marked as spam or refused.',
				'email-gateway'
			),
			domain
		),
		good: false,
	} ),
	cannot_tell: ( domain ) => ( {
		seen: sprintf(
			/* translators: %s: a domain */
			__(
				'DNS alone does not show whether receivers accept mail from %s as genuine. The provider’s panel shows whether the domain is verified.',
				'email-gateway'
			),
			domain
		),
		good: null,
	} ),
	rewritten: ( domain ) => ( {
		seen: sprintf(
			/* translators: %s: a domain */
			__(
				'Not as %s: Gmail puts the account’s own address into From, unless the other one is an alias of the account.',
				'email-gateway'
			),
			domain
		),
		good: false,
	} ),
	foreign_domain: ( domain ) => ( {
		seen: sprintf(
			/* translators: %s: a domain, e.g. gmail.com */
			__(
				'%s belongs to another mail provider, which alone can vouch for it. Use a Sending Domain of your own.',
				'email-gateway'
			),
			domain
		),
		good: false,
	} ),
	no_such_domain: ( domain ) => ( {
		/* translators: %s: a domain */
		seen: sprintf( __( 'The domain %s does not exist. Check Sending Domain for typos.', 'email-gateway' ), domain ),
		good: false,
	} ),
};

const spfStates: Record< Spf[ 'state' ], () => Told > = {
	passes: () => ( { seen: __( 'passes: the SPF record lets this provider send', 'email-gateway' ), good: true } ),
	missing: () => ( { seen: __( 'fails: the domain has no SPF record', 'email-gateway' ), good: false } ),
	lacks_provider: () => ( {
		seen: __( 'fails: the SPF record does not name this provider', 'email-gateway' ),
		good: false,
	} ),
	several_records: () => ( {
		seen: __(
			'fails: there are several SPF records, so that none of them counts. Make one record of them.',
			'email-gateway'
		),
		good: false,
	} ),
	broken: () => ( {
		seen: __( 'fails: the SPF record has an error, so that it does not count', 'email-gateway' ),
		good: false,
	} ),
	loops: () => ( {
		seen: __(
			'fails: the SPF record leads back to itself, so that it does not count. Take out what includes it.',
			'email-gateway'
		),
		good: false,
	} ),
	too_many_lookups: () => ( {
		seen: __(
			'fails: the SPF record costs more than ten DNS look-ups, with what this provider needs. Take out what is no longer used.',
			'email-gateway'
		),
		good: false,
	} ),
	not_needed: () => ( {
		seen: __( 'SPF is not needed: bounces go to a domain of the provider', 'email-gateway' ),
		good: null,
	} ),
	cannot_tell: () => ( {
		seen: __( 'cannot tell: this provider is not known here, or DNS did not answer', 'email-gateway' ),
		good: null,
	} ),
};

function dkimWords( { state, selectors }: SenderCheck[ 'dkim' ] ): Told {
	const names = selectors.join( ', ' );
	switch ( state ) {
		case 'found':
			/* translators: %s: DKIM selectors */
			return { seen: sprintf( __( 'key found: %s', 'email-gateway' ), names ), good: true };
		case 'missing':
			return {
				seen: sprintf(
					/* translators: %s: DKIM selectors */
					__( 'no key found at %s. The provider’s panel shows the record to add.', 'email-gateway' ),
					names
				),
				good: false,
			};
		case 'by_provider':
			return { seen: __( 'the provider signs for its own domain', 'email-gateway' ), good: true };
		default:
			return {
				seen: __(
					'cannot tell: the key may be where only the provider knows. Its panel shows it.',
					'email-gateway'
				),
				good: null,
			};
	}
}

const policies = {
	none: () => __( 'policy “none”: failing mail is only reported', 'email-gateway' ),
	quarantine: () => __( 'policy “quarantine”: failing mail goes to spam', 'email-gateway' ),
	reject: () => __( 'policy “reject”: failing mail is refused', 'email-gateway' ),
};

/** What receivers are told to do; which of the two senders it is about is told by the row. */
function policyWords( { state, policy, at }: SenderCheck[ 'dmarc' ], domain: string ): string {
	const words = {
		found: () => policies[ policy ?? 'none' ](),
		missing: () => __( 'no DMARC record; large receivers expect one', 'email-gateway' ),
		several_records: () => __( 'several DMARC records, so that none of them counts', 'email-gateway' ),
		cannot_tell: () => __( 'no answer from DNS', 'email-gateway' ),
	}[ state ]();
	/* translators: 1: a policy, 2: a domain */
	return at !== null && at !== domain ? sprintf( __( '%1$s (of %2$s)', 'email-gateway' ), words, at ) : words;
}

const fromWords: Record< SenderCheck[ 'verdict' ], () => string > = {
	passes: () => _x( 'passes', 'SPF, DKIM or DMARC', 'email-gateway' ),
	fails: () => _x( 'fails', 'SPF, DKIM or DMARC', 'email-gateway' ),
	cannot_tell: () => __( 'cannot tell', 'email-gateway' ),
	rewritten: () => __( 'is replaced by the provider', 'email-gateway' ),
	foreign_domain: () => _x( 'fails', 'SPF, DKIM or DMARC', 'email-gateway' ),
	no_such_domain: () => _x( 'fails', 'SPF, DKIM or DMARC', 'email-gateway' ),
};

/** The verdict in one sentence. */
export const senderVerdict = ( { verdict, domain }: SenderCheck ): Told => verdicts[ verdict ]( domain );

/** The envelope sender (SPF), the signature (DKIM) and the header From (DMARC), each with its own verdict. */
export function senderRows( { domain, verdict, spf, dkim, dmarc }: SenderCheck ): CheckedRow[] {
	if ( verdict === 'no_such_domain' ) {
		return [];
	}
	return [
		{ what: __( 'Envelope sender (SPF)', 'email-gateway' ), ...spfStates[ spf.state ]() },
		{ what: __( 'Signature (DKIM)', 'email-gateway' ), ...dkimWords( dkim ) },
		{
			what: __( 'Header From (DMARC)', 'email-gateway' ),
			seen: `${ fromWords[ verdict ]() }; ${ policyWords( dmarc, domain ) }`,
			good: verdicts[ verdict ]( domain ).good,
		},
	];
}
