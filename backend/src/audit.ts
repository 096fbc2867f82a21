import { readFileSync } from 'node:fs';
import type { SiteAuditEntry } from '@email-gateway/shared';
import { askOperator } from './ask-operator.ts';
import { readConfig } from './config.ts';
import type { Break } from './db/audit-export.ts';
import { lastOfEach } from './operator-audit.ts';
import { spelledOut } from './ssh/text.ts';

// node backend/src/audit.ts export [--site ID] [--from TIME] [--to TIME]   who did what, as JSON Lines, oldest first
// node backend/src/audit.ts verify [FILE]   whether nothing was changed or deleted since, nor since an export that was kept

const problems: Record< Break[ 'problem' ], string > = {
	changed: 'is not as it was written',
	missing: 'is missing',
	broken_before: 'tells that the record before it was changed',
	begins_late: 'is the first, and is not the pairing',
	not_as_exported: 'is not as it was exported',
};

async function exportTo( dataDir: string, options: string[] ): Promise< void > {
	const asked = new URLSearchParams();
	for ( let index = 0; index < options.length; index += 2 ) {
		const [ name = '', value = '' ] = options.slice( index, index + 2 );
		if ( ! [ '--site', '--from', '--to' ].includes( name ) || ! value ) {
			throw new Error( `${ name }: audit.ts export takes --site ID, --from TIME and --to TIME` );
		}
		asked.set( name.slice( 2 ), value );
	}
	for ( let after: number | null = 0; after !== null;  ) {
		asked.set( 'after', String( after ) );
		const page: { entries: SiteAuditEntry[]; next: number | null } = await askOperator(
			dataDir,
			`/audit?${ asked }`
		);
		process.stdout.write(
			page.entries.map( ( entry ) => `${ spelledOut( JSON.stringify( entry ) ) }\n` ).join( '' )
		);
		after = page.next;
	}
}

async function verify( dataDir: string, file: string | undefined ): Promise< void > {
	const known = file === undefined ? [] : lastOfEach( readFileSync( file, 'utf8' ) );
	const asked = new URLSearchParams( { known: JSON.stringify( known ) } );
	const { entries, breaks } = await askOperator< { entries: number; breaks: Break[] } >(
		dataDir,
		`/verify-audit?${ asked }`
	);
	for ( const { siteId, seq, problem } of breaks ) {
		process.stdout.write( `site ${ siteId }: entry ${ seq } ${ problems[ problem ] }\n` );
	}
	process.stderr.write( `${ entries } entries are as they were written.\n` );
	process.exitCode = breaks.length ? 1 : 0;
}

try {
	const { dataDir } = readConfig( process.env );
	const [ verb, ...rest ] = process.argv.slice( 2 );
	if ( verb === 'export' ) {
		await exportTo( dataDir, rest );
	} else if ( verb === 'verify' && rest.length <= 1 ) {
		await verify( dataDir, rest[ 0 ] );
	} else {
		throw new Error( 'audit.ts export [--site ID] [--from TIME] [--to TIME], or audit.ts verify [FILE]' );
	}
} catch ( error ) {
	process.stderr.write( `${ ( error as Error ).message }\n` );
	process.exitCode = 1;
}
