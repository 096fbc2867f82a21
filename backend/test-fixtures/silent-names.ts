// Run by silent-names.debian12.test.ts in a network of its own, as root. Prints what ended first.
import '../src/threads.ts';
import { resolveServer } from '../src/ssh/address.ts';
import { ownNetwork } from './own-network.ts';

const names = Array.from( { length: 12 }, ( _, n ) => `silent-${ n }.site.test` );
await ownNetwork( process.argv[ 2 ] ?? '', {
	zone: {
		...Object.fromEntries( names.map( ( name ) => [ name, 'silent' as const ] ) ),
		'quick.site.test': { A: [ '203.0.113.9' ] },
	},
} );
const reach = { mayReachLocalAddresses: false };
const ended = ( name: string ) =>
	resolveServer( name, reach ).then( String, ( error: Error ) => `${ name } ${ error.message }` );
process.stdout.write( await Promise.race( [ ...names, 'quick.site.test' ].map( ended ) ) );
process.exit( 0 );
