import { expect, test } from '@jest/globals';
import type { ConnectionView } from '@email-gateway/shared';
import { redactConnection } from './redact.ts';

test( 'why mail waits names neither provider nor account to whom they are not shown', () => {
	const reason = {
		...{ cause: 'smtp_auth_disabled', whose: 'account', passes: false, stands: false },
		...{ reply: '535 5.7.139 shop@secret.example is disabled', count: 4, since: 1, lastAt: 2, looks: 2 },
	};
	const mail = { ...{ running: true, waiting: 4, stuck: 4 }, reasons: [ reason ] };
	const connection = { host: '203.0.113.9', lastLook: { at: '2026-11-30T12:00:00Z', mail } };
	const shown = redactConnection( connection as unknown as ConnectionView );
	expect( shown?.lastLook?.mail ).toMatchObject( { waiting: 4, reasons: [ { count: 4, whose: 'account' } ] } );
	expect( JSON.stringify( shown ) ).not.toMatch( /secret|5\.7\.139|smtp_auth_disabled/ );
	expect( redactConnection( null ) ).toBeNull();
} );
