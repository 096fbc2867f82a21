import type { Diagnosis, HeldBy, TestResult } from '@email-gateway/shared';
import { heldBy } from '../gateway/held-by.ts';
import { isHoldLine } from '../gateway/hold-line.ts';
import type { LogLine } from '../gateway/mail-log.ts';
import type { Rules } from '../gateway/rules.ts';

/** The rules by which a server holds mail, without its sandbox. */
export type HoldingRules = Pick< Rules, 'paused' | 'caps' | 'routes' >;

interface Tested {
	/** As whom it was handed over, and its envelope sender. */
	uid: number;
	from: string;
	/** Of our message. */
	lines: readonly LogLine[];
}

const told: Diagnosis = { cause: 'unknown', enhancedCode: null, reply: '', stage: null };

/** What the log says of a test email that is held, and why by the rules; null where it is not. Rules null: not known. */
export function whereHeld(
	rules: HoldingRules | null,
	{ uid, from, lines }: Tested
): ( Pick< TestResult, 'outcome' | 'diagnosis' > & { heldBy: HeldBy } ) | null {
	return lines.some( isHoldLine )
		? { outcome: 'held', diagnosis: told, heldBy: rules ? heldBy( rules, { uid, sender: from } ) : 'other' }
		: null;
}

/** Why sendmail took no mail of this user at once; null where no rule says that. */
export function whyRefused( { paused, caps }: HoldingRules, uid: number, said: string ): 'pause' | 'cap' | null {
	if ( ! said.includes( 'not allowed to submit mail' ) ) {
		return null;
	}
	const pause = paused.find( ( one ) => one.uid === uid );
	return pause ? ( pause.how === 'refuse' ? 'pause' : null ) : caps.length > 0 ? 'cap' : null;
}
