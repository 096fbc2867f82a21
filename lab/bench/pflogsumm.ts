import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages } from '../system/packages.ts';
import { run } from '../system/run.ts';
import type { BenchContext, Figures } from './figures.ts';
import { messageLines, seeded } from './log-lines.ts';
import { timed } from './timed.ts';

/** The usual report, over lines of the same kind: it keeps nothing, so it reads all again each time. */
export async function pflogsumm( context: BenchContext, messages: number ): Promise< Figures & { errors: number } > {
	await ensureSystemPackages( [ 'pflogsumm' ], context );
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-log-' ) );
	try {
		const random = seeded( 5 );
		const lines: string[] = [];
		for ( let n = 0; n < messages; n++ ) {
			lines.push( ...messageLines( 1, Date.now() - 86_400_000 + n, random ) );
		}
		const file = join( folder, 'mail.log' );
		writeFileSync( file, `${ lines.join( '\n' ) }\n` );
		const ms = await timed( () => run( [ 'pflogsumm', file ] ) );
		return { messages, messagesASecond: Math.round( ( messages / ms ) * 1000 ), errors: 0 };
	} finally {
		rmSync( folder, { recursive: true, force: true } );
	}
}
