import { countServers } from '../../db/servers-of-site.ts';
import { isKeyBesideData } from '../../vault/master-key.ts';
import { siteView } from '../../views/site.ts';
import type { Call } from '../call.ts';

export const readSite: Call< 'readSite' > = async ( { db, database, config }, _input, { site } ) =>
	siteView( site, {
		database: database.kind,
		keyBesideDatabase: isKeyBesideData( config ),
		servers: await countServers( db, site.id ),
	} );
