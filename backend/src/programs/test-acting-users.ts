// Only for tests on real servers: what Unix users do there, and what is on its way or held.
import type { Remote } from '../ssh/remote.ts';
import { say } from './test-gateway.ts';

/** What `as` leaves behind. */
export const actedScript = '/tmp/trick.sh';

/** `remote`: asked at each call, since a test connects before it begins. */
export const actingUsers = ( remote: () => Remote ) => ( {
	/** Runs a script as that user; with what it printed, and `code N` at the end. */
	as: ( { name }: { name: string }, command: string ): Promise< string > =>
		say(
			remote(),
			`cat >${ actedScript } <<'TRICK'
${ command }
TRICK
			setpriv --reuid=${ name } --regid=${ name } --clear-groups -- sh ${ actedScript } 2>&1; echo "code $?"`
		),
	/** Nothing is on its way any longer: it left, waits for another try, or is held. */
	settled: (): Promise< string > =>
		say(
			remote(),
			`sleep 1; postqueue -f; sleep 1; cd /var/spool/postfix && for i in $(seq 60); do
				[ -n "$(find maildrop incoming active -type f)" ] || break; sleep 0.5; done`
		),
	/** Messages on hold. */
	held: (): Promise< number > => say( remote(), 'find /var/spool/postfix/hold -type f | wc -l' ).then( Number ),
} );
