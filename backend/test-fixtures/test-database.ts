import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Makes a database in the PostgreSQL that DATABASE_URL names, for one test file. */
export async function makeTestDatabase(): Promise< { url: string; drop(): Promise< void > } > {
	const given = String( process.env.DATABASE_URL );
	const name = `email_gateway_test_${ randomBytes( 4 ).toString( 'hex' ) }`;
	const administer = async ( statement: string ) => {
		const client = new pg.Client( { connectionString: given } );
		await client.connect();
		await client.query( statement ).finally( () => client.end() );
	};
	await administer( `create database ${ name }` );
	return {
		url: Object.assign( new URL( given ), { pathname: `/${ name }` } ).href,
		drop: () => administer( `drop database if exists ${ name } with (force)` ),
	};
}
