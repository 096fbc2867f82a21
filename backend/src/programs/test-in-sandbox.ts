import type { DeliveryOutcome, Diagnosis, SandboxRules, TestResult } from '@email-gateway/shared';
import { isHoldLine } from '../gateway/hold-line.ts';
import type { Delivery, LogLine } from '../gateway/mail-log.ts';
import { readingOf } from '../gateway/reading/read-reply.ts';
import { droppedBySandbox, keptBySandbox } from '../gateway/sandbox.ts';

interface Tested {
	to: string;
	/** Of our message. */
	lines: readonly LogLine[];
	delivery: Delivery | null;
}

/** What a sandbox makes of a test email; what it leaves out is told as of any other. */
interface InSandbox {
	outcome?: DeliveryOutcome;
	diagnosis?: Diagnosis;
	sandbox: NonNullable< TestResult[ 'sandbox' ] >;
}

/**
 * What the log says that the server's sandbox did with a test email. One that left for its recipient all the same is told
 * as what it is: the sandbox does not work.
 */
export function inSandbox( rules: SandboxRules, { to, lines, delivery }: Tested ): InSandbox {
	const of = ( mailbox: string | null ) => ( { kind: rules.kind, mailbox } );
	const said = ( words: string ) => delivery?.reason === words;
	if ( ( lines.some( isHoldLine ) && rules.kind === 'hold' ) || said( keptBySandbox ) || said( droppedBySandbox ) ) {
		return { outcome: 'sandboxed', diagnosis: told( 'sandbox', delivery ), sandbox: of( null ) };
	}
	if ( rules.kind === 'redirect' ) {
		const got = deliveredTo( lines );
		const domain = to.slice( to.lastIndexOf( '@' ) + 1 ).toLowerCase();
		if ( got === null || got === rules.mailbox.toLowerCase() ) {
			return { sandbox: of( got === null || got === to.toLowerCase() ? null : rules.mailbox ) };
		}
		if ( rules.allowed.includes( domain ) ) {
			return { sandbox: of( null ) };
		}
	} else if ( delivery === null ) {
		return { sandbox: of( null ) };
	}
	return { outcome: 'elsewhere', diagnosis: told( 'settings_changed_by_hand', delivery ), sandbox: of( null ) };
}

const told = ( cause: 'sandbox' | 'settings_changed_by_hand', delivery: Delivery | null ): Diagnosis => ( {
	...readingOf( { cause } ),
	...{ enhancedCode: delivery?.dsn ?? null, reply: delivery?.reason ?? '', stage: null },
} );

/** To whom the newest try was made; Postfix quotes a local part that is no dot-atom. */
function deliveredTo( lines: readonly LogLine[] ): string | null {
	const tried = lines.flatMap( ( { text } ) => /^to=<([^>]*)>, .* status=/.exec( text )?.[ 1 ] ?? [] ).at( -1 );
	return tried === undefined ? null : tried.replaceAll( '"', '' ).toLowerCase();
}
