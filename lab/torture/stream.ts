import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Patient } from './patient.ts';

/** A site that sends all the time. */
export interface Stream {
	/** Resolves when it has sent its last. */
	ended(): Promise< { sent: number; refused: number; slowestMs: number } >;
	/** Waits until each has arrived, at most so long; a second copy may come later than the first: call it after the cure. */
	arrivals( options: { timeoutMs: number } ): Promise< { missing: number; twice: number; lastAt: number } >;
}

const everyMs = 500;

/** Sends as www-data through sendmail, two messages a second, from now on. */
export async function beginStream( { shell, provider }: Patient, { forMs }: { forMs: number } ): Promise< Stream > {
	const tag = randomBytes( 6 ).toString( 'hex' );
	const count = Math.floor( forMs / everyMs );
	await shell( `cat >/run/stream-${ tag }.sh <<'END'
for i in $(seq ${ count }); do
	from=$(date +%s%3N)
	code=0
	printf 'From: site@example.com\\nTo: you@example.org\\nSubject: ${ tag }-%s\\n\\nx\\n' "$i" | /usr/sbin/sendmail -f site@example.com you@example.org || code=$?
	echo "$code $(($(date +%s%3N) - from))"
	sleep 0.45
done
echo end
END
chmod 644 /run/stream-${ tag }.sh
setsid runuser -u www-data -- sh /run/stream-${ tag }.sh >/run/stream-${ tag }.out 2>/dev/null </dev/null &` );
	const submitted = async () => ( await shell( `cat /run/stream-${ tag }.out` ) ).trim().split( '\n' );
	return {
		async ended() {
			const giveUpAt = Date.now() + 2 * forMs + 60_000;
			let lines = await submitted();
			while ( lines.at( -1 ) !== 'end' && Date.now() < giveUpAt ) {
				await pause( 1000 );
				lines = await submitted();
			}
			const each = lines.filter( ( line ) => line !== 'end' ).map( ( line ) => line.split( ' ' ).map( Number ) );
			return {
				sent: each.length,
				refused: each.filter( ( [ code ] ) => code !== 0 ).length + ( count - each.length ),
				slowestMs: Math.max( ...each.map( ( [ , ms = 0 ] ) => ms ) ),
			};
		},
		async arrivals( { timeoutMs } ) {
			const giveUpAt = Date.now() + timeoutMs;
			for (;;) {
				const mine = ( await provider.messages() ).filter( ( { subject } ) =>
					subject.startsWith( `${ tag }-` )
				);
				const subjects = new Set( mine.map( ( { subject } ) => subject ) );
				if ( subjects.size >= count || Date.now() > giveUpAt ) {
					return {
						missing: count - subjects.size,
						twice: mine.length - subjects.size,
						lastAt: Math.max( 0, ...mine.map( ( { receivedAt } ) => Date.parse( receivedAt ) ) ),
					};
				}
				await pause( 500 );
			}
		},
	};
}
