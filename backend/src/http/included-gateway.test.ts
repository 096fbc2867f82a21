import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bareFacts } from '../../test-fixtures/fake-tools.ts';
import { defaults, proof, reply } from '../../test-fixtures/hidden-defaults.ts';
import { startWithHiddenDefaults, type HiddenDefaults } from '../../test-fixtures/start-hidden-defaults.ts';
import { connectServer, settings } from '../../test-fixtures/test-backend.ts';
import { GatewayError } from '../errors.ts';

let play: HiddenDefaults;
beforeAll( async () => {
	play = await startWithHiddenDefaults();
}, 120_000 );
afterAll( () => play.backend.stop() );

describe( 'the included gateway', () => {
	test( 'is off until the site owner offers it, and is offered by nobody else', async () => {
		await connectServer( play.site, 1 );
		expect( ( await play.site.call( 'readAccounts' ) ).body.customersMayUse ).toBe( false );
		expect( await play.included( 1 ) ).toBe( 'absent' );
		expect( await play.asCustomer( 'useIncludedGateway', { serverId: 1 } ) ).toMatchObject( { status: 403 } );
		expect(
			await play.asCustomer( 'offerIncludedGateway', { serverId: 1, body: { customersMayUse: true } } )
		).toMatchObject( { status: 403 } );
		expect( ( await play.offer( true ) ).body.customersMayUse ).toBe( true );
		expect( await play.included( 1 ) ).toBe( 'offered' );
	} );

	test( 'tells a customer none of its values, whatever they ask and whatever a server or provider says', async () => {
		play.now = {
			checkProvider: async () => {
				throw new GatewayError( 'provider_login_refused', { reply, host: 'hidden-user' } );
			},
		};
		const use = async () => ( await play.asCustomer( 'useIncludedGateway', { serverId: 1 } ) ).body.jobId;
		expect( ( await play.endOf( 1, await use() ) ).state ).toBe( 'failed' );
		play.now = {};
		expect( ( await play.endOf( 1, await use() ) ).error?.code ).toBe( 'verify_failed' );
		// the faked server cannot verify; from here on it is as after a verified apply
		await play.backend.app.db
			.updateTable( 'servers' )
			.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
			.execute();
		expect( await play.included( 1 ) ).toBe( 'in_use' );

		const parameters = [ 'relayhost = [smtp.hidden.example]:587', 'myorigin = hidden-domain.example' ];
		play.now = {
			prove: async () => proof,
			look: async () => ( {
				...bareFacts,
				postfixVersion: '3.7.11',
				postfix: { ...bareFacts.postfix, parameters: parameters as never },
			} ),
		};
		const { to } = proof;
		// whether a From were refused or accepted would tell the sending domain
		for ( const from of [ `a@${ settings.sendingDomain }`, `a@${ defaults.sendingDomain }` ] ) {
			expect( await play.asCustomer( 'sendTestEmail', { serverId: 1, body: { from, to } } ) ).toMatchObject( {
				status: 409,
				body: { code: 'account_not_shown' },
			} );
		}
		const tested = await play.asCustomer( 'sendTestEmail', { serverId: 1, body: { to } } );
		expect( await play.endOf( 1, tested.body.jobId ) ).toMatchObject( {
			// the address of the sending domain that it goes out from is not told either
			result: {
				test: {
					outcome: 'refused',
					from: '',
					diagnosis: { cause: 'wrong_credentials', reply: '' },
					relay: null,
				},
			},
		} );
		for ( const name of [ 'previewChanges', 'checkSettings', 'installGateway' ] as const ) {
			for ( const password of [ settings.password, { use: 'saved' }, { use: 'default' } ] as const ) {
				const asked = await play.asCustomer( name, {
					serverId: 1,
					body: { settings: { ...settings, password } },
				} );
				if ( asked.status === 202 ) {
					await play.endOf( 1, asked.body.jobId );
				}
			}
		}
		await play.asCustomer( 'listServers', { serverId: 1, query: '?ids=1' } );
		await play.asCustomer( 'readAccounts', { serverId: 1 } );
		await play.asCustomer( 'readAudit', { serverId: 1 } );
		const removed = await play.asCustomer( 'removeGateway', { serverId: 1, body: {} } );
		await play.endOf( 1, removed.body.jobId );

		const everything = play.received.join( '\n' );
		expect( everything ).toContain( 'wrong_credentials' );
		expect( everything ).not.toMatch( /hidden/ );
		expect(
			JSON.stringify( ( await play.site.call( 'readJob', { serverId: 1, jobId: tested.body.jobId } ) ).body )
		).toContain( 'hidden-user' );
	}, 120_000 );

	test( 'stays where it is installed, and stays withheld, once it is taken back', async () => {
		play.now = {};
		await connectServer( play.site, 4 );
		await play.offer( true );
		await play.endOf( 4, ( await play.asCustomer( 'useIncludedGateway', { serverId: 4 } ) ).body.jobId );
		await play.backend.app.db
			.updateTable( 'servers' )
			.set( ( { ref } ) => ( { installedVersion: ref( 'submittedVersion' ) } ) )
			.where( 'serverId', '=', 4 )
			.execute();
		expect( await play.included( 4 ) ).toBe( 'in_use' );
		await play.offer( false );
		expect( await play.included( 4 ) ).toBe( 'withdrawn' );
		expect( await play.asCustomer( 'useIncludedGateway', { serverId: 4 } ) ).toMatchObject( { status: 403 } );
		expect( play.received.join( '\n' ) ).not.toMatch( /hidden/ );
	}, 120_000 );
} );
