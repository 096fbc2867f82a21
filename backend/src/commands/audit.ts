import { readFileSync } from 'node:fs';
import type { SiteAuditEntry } from '@email-gateway/shared';
import { askOperator } from '../ask-operator.ts';
import { readConfig } from '../config.ts';
import type { Break } from '../db/audit-export.ts';
import { lastOfEach } from '../operator-audit.ts';
import { spelledOut } from '../ssh/text.ts';
import { print, say, WrongUse, type Command } from './command.ts';

const problems: Record< Break[ 'problem' ], string > = {
	changed: 'is not as it was written',
	missing: 'is missing',
	broken_before: 'shows that the record before it was changed',
	begins_late: 'is the first, and is not the pairing',
	not_as_exported: 'is not as it was exported',
};

async function exportTo( dataDir: string, options: string[] ): Promise< void > {
	const asked = new URLSearchParams();
	for ( let index = 0; index < options.length; index += 2 ) {
		const [ name = '', value = '' ] = options.slice( index, index + 2 );
		if ( ! [ '--site', '--from', '--to' ].includes( name ) || ! value ) {
			throw new WrongUse( `export takes --site ID, --from TIME and --to TIME, not ${ name }.` );
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

async function verify( dataDir: string, file: string | undefined ): Promise< number > {
	const known = file === undefined ? [] : lastOfEach( readFileSync( file, 'utf8' ) );
	const asked = new URLSearchParams( { known: JSON.stringify( known ) } );
	const { entries, breaks } = await askOperator< { entries: number; breaks: Break[] } >(
		dataDir,
		`/verify-audit?${ asked }`
	);
	for ( const { siteId, seq, problem } of breaks ) {
		print( `site ${ siteId }: entry ${ seq } ${ problems[ problem ] }` );
	}
	say( `${ entries } entries are as they were written.` );
	return breaks.length ? 1 : 0;
}

export const audit: Command = {
	about: 'exports who did what, or verifies that no entry was changed',
	forms: [ 'export [--site ID] [--from TIME] [--to TIME]', 'verify [FILE]' ],
	more: 'export prints JSON Lines, oldest first. verify ends with 1 where an entry was changed, deleted or put in; with FILE, an\nexport that was kept, also where it differs from that.',
	examples: [
		'email-gateway audit export --from 2026-12-01 > audit.jsonl',
		'email-gateway audit verify audit.jsonl',
	],
	async run( [ verb, ...rest ], env ) {
		const { dataDir } = readConfig( env );
		if ( verb === 'export' ) {
			return exportTo( dataDir, rest );
		}
		if ( verb === 'verify' && rest.length <= 1 ) {
			return verify( dataDir, rest[ 0 ] );
		}
		throw new WrongUse( 'audit takes export or verify.' );
	},
};
