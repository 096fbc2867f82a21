import { labNetwork } from '../network/addresses.ts';
import { ensureProviderCa, providerHost, startProvider, stopProvider } from '../provider/start.ts';
import { labPath } from '../system/paths.ts';
import { isServerKind } from './kinds.ts';
import { readServer } from './record.ts';
import {
	deleteServer,
	describeServer,
	ensureServerNetwork,
	killServer,
	resetServer,
	startServer,
	stopServer,
	stopServers,
} from './server.ts';

const [ command = '', name = '', kind = readServer( name )?.kind ?? '' ] = process.argv.slice( 2 );
const context = {
	log: ( line: string ) => console.error( line ),
	hosts: { [ providerHost ]: labNetwork( labPath ).hostAddress },
	caFile: await ensureProviderCa(),
};

switch ( command ) {
	case 'start':
	case 'reset': {
		if ( ! isServerKind( kind ) ) {
			throw new Error( 'start|reset NAME debian12|debian13' );
		}
		const act = command === 'start' ? startServer : resetServer;
		console.log( JSON.stringify( await act( { name, kind }, context ), null, '\t' ) );
		break;
	}
	case 'show':
		console.log( JSON.stringify( describeServer( name ), null, '\t' ) );
		break;
	case 'stop':
		await stopServer( name );
		break;
	case 'kill':
		await killServer( name );
		break;
	case 'delete':
		await deleteServer( name );
		break;
	case 'provider':
		console.log( JSON.stringify( await startProvider( await ensureServerNetwork( context ) ), null, '\t' ) );
		break;
	case 'down':
		await stopProvider();
		await stopServers();
		break;
	default:
		console.error( 'node lab/servers/cli.ts start|reset|show|stop|kill|delete NAME [KIND], or provider, or down' );
		process.exitCode = 2;
}
