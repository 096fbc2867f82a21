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
	passes: () => ( { seen: __( 'Passes: the SPF record lets this provider send.', 'email-gateway' ), good: true } ),
	missing: () => ( { seen: __( 'Fails: the domain has no SPF record.', 'email-gateway' ), good: false } ),
	lacks_provider: () => ( {
		seen: __( 'Fails: the SPF record does not name this provider.', 'email-gateway' ),
		good: false,
	} ),
	several_records: () => ( {
		seen: __(
			'Fails: there are several SPF records, so none of them counts. Merge them into one record.',
			'email-gateway'
		),
		good: false,
	} ),
	broken: () => ( {
		seen: __( 'Fails: the SPF record has an error, so it does not count.', 'email-gateway' ),
		good: false,
	} ),
	loops: () => ( {
		seen: __(
			'Fails: the SPF record includes itself, so it does not count. Remove that part of the record.',
			'email-gateway'
		),
		good: false,
	} ),
	too_many_lookups: () => ( {
		seen: __(
			'Fails: with what this provider needs, the SPF record takes more than ten DNS look-ups. Remove the parts that are no longer used.',
			'email-gateway'
		),
		good: false,
	} ),
	not_needed: () => ( {
		seen: __( 'SPF is not needed: bounces go to a domain of the provider.', 'email-gateway' ),
		good: null,
	} ),
	cannot_tell: () => ( {
		seen: __( 'Not known: this provider is not in our list, or DNS did not answer.', 'email-gateway' ),
		good: null,
	} ),
};

function dkimWords( { state, selectors }: SenderCheck[ 'dkim' ] ): Told {
	const names = selectors.join( ', ' );
	switch ( state ) {
		case 'found':
			/* translators: %s: DKIM selectors */
			return { seen: sprintf( __( 'Passes: a key was found at %s.', 'email-gateway' ), names ), good: true };
		case 'missing':
			return {
				seen: sprintf(
					/* translators: %s: DKIM selectors */
					__(
						'Fails: no key was found at %s. The provider’s panel shows the record to add.',
						'email-gateway'
					),
					names
				),
				good: false,
			};
		case 'by_provider':
			return { seen: __( 'Passes: the provider signs with its own domain.', 'email-gateway' ), good: true };
		default:
			return {
				seen: __(
					'Not known: only the provider knows where the key is. The provider’s panel shows it.',
					'email-gateway'
				),
				good: null,
			};
	}
}

const policies = {
	/* translators: %s: a domain */
	none: () => __( 'By the DMARC policy of %s (“none”), failing mail is only reported.', 'email-gateway' ),
	/* translators: %s: a domain */
	quarantine: () => __( 'By the DMARC policy of %s (“quarantine”), failing mail goes to spam.', 'email-gateway' ),
	/* translators: %s: a domain */
	reject: () => __( 'By the DMARC policy of %s (“reject”), failing mail is refused.', 'email-gateway' ),
};

/** What receivers are told to do. The policy may be that of a domain above. */
const policyWords = ( { state, policy, at }: SenderCheck[ 'dmarc' ], domain: string ): string =>
	( {
		found: () => sprintf( policies[ policy ?? 'none' ](), at ?? domain ),
		missing: () => __( 'There is no DMARC record; large receivers expect one.', 'email-gateway' ),
		several_records: () => __( 'There are several DMARC records, so none of them counts.', 'email-gateway' ),
		cannot_tell: () => __( 'DNS did not answer when asked for the DMARC record.', 'email-gateway' ),
	} )[ state ]();

const fromWords: Record< SenderCheck[ 'verdict' ], () => string > = {
	passes: () => _x( 'Passes.', 'SPF, DKIM or DMARC', 'email-gateway' ),
	fails: () => _x( 'Fails.', 'SPF, DKIM or DMARC', 'email-gateway' ),
	cannot_tell: () => __( 'Not known.', 'email-gateway' ),
	rewritten: () => __( 'The provider replaces this address.', 'email-gateway' ),
	foreign_domain: () => _x( 'Fails.', 'SPF, DKIM or DMARC', 'email-gateway' ),
	no_such_domain: () => _x( 'Fails.', 'SPF, DKIM or DMARC', 'email-gateway' ),
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
			seen: `${ fromWords[ verdict ]() } ${ policyWords( dmarc, domain ) }`,
			good: verdicts[ verdict ]( domain ).good,
		},
	];
}
