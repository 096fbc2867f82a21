import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { copyEmptyDatabase } from './empty-database.ts';
import { makeNewerRelease, newerMigration, startRelease, thisRelease } from './newer-release.ts';
import { makeSiteClient } from './site-client.ts';
import { askForCode, freePort } from './spawn-backend.ts';

/**
 * An upgrade and the way back, each by the real program: a later release changes the tables, this one refuses them and
 * touches nothing, the snapshot from before brings it back, and the next upgrade works as the first one did.
 * @param folder   empty
 * @param database settings of the database, none for the embedded one
 */
export async function playRollback( folder: string, database: Record< string, string > ): Promise< void > {
	mkdirSync( join( folder, 'etc' ) );
	mkdirSync( join( folder, 'data' ), { mode: 0o700 } );
	if ( ! database.DATABASE_URL ) {
		copyEmptyDatabase( join( folder, 'data/database' ) );
	}
	const env = {
		...{ ...database, PORT: String( await freePort() ) },
		EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ),
		EMAIL_GATEWAY_MASTER_KEY_FILE: join( folder, 'etc/master.key' ),
	};
	const newer = makeNewerRelease( join( folder, 'newer' ) );
	const siteAt = ( siteUrl: string ) => makeSiteClient( `http://127.0.0.1:${ env.PORT }`, { siteUrl } );
	const [ first, second ] = [ siteAt( 'https://one.example.com' ), siteAt( 'https://two.example.com' ) ];
	const known = async () => [ ( await first.call( 'readSite' ) ).status, ( await second.call( 'readSite' ) ).status ];
	const snapshots = () => readdirSync( join( folder, 'data/snapshots' ) ).sort();
	const running = async ( release: string ) => {
		const started = startRelease( release, env );
		await started.ready;
		return started;
	};

	let backend = await running( thisRelease );
	try {
		await first.pair( await askForCode( env ) );
		expect( await backend.stop() ).toBe( 0 );
		expect( snapshots() ).toEqual( [ expect.stringMatching( /^\d{4}-.*\.(tar\.gz|dump)$/ ) ] );

		backend = await running( newer );
		expect( backend.printed() ).toContain( 'the tables are brought up to date' );
		const before = join( folder, 'data/snapshots', snapshots().at( -1 ) ?? '' );
		expect( before ).toMatch( /\/before-upgrade-.*\.(tar\.gz|dump)$/ );
		await second.pair( await askForCode( env ) );
		await backend.stop();

		const refused = startRelease( thisRelease, env );
		expect( await refused.ended ).toBe( 78 );
		expect( refused.printed() ).toBe(
			`A newer release has used this database (${ newerMigration }). ` +
				`Install that release again, or restore what was there before the upgrade: email-gateway restore ${ before }\n`
		);
		// nothing was touched: the newer one goes on where it was
		backend = await running( newer );
		expect( backend.printed() ).not.toContain( 'the tables are brought up to date' );
		expect( await known() ).toEqual( [ 200, 200 ] );
		await backend.stop();

		const words = [ join( thisRelease, 'src/command.ts' ), 'restore', before ];
		const restored = spawnSync( process.execPath, words, {
			env: { PATH: process.env.PATH, ...env },
			encoding: 'utf8',
		} );
		expect( [ restored.status, restored.stderr ] ).toEqual( [
			0,
			expect.stringContaining( 'The backup is restored.' ),
		] );
		backend = await running( thisRelease );
		expect( await known() ).toEqual( [ 200, 401 ] );
		await backend.stop();

		// an embedded database is replaced as a whole, so that nothing of the newer one could be in the way
		if ( database.DATABASE_URL ) {
			backend = await running( newer );
			expect( backend.printed() ).toContain( 'the tables are brought up to date' );
			expect( await known() ).toEqual( [ 200, 401 ] );
		}
	} finally {
		await backend.stop();
	}
}
