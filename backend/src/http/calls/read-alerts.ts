import { alertsView } from '../../views/alerts.ts';
import type { Call } from '../call.ts';

export const readAlerts: Call< 'readAlerts' > = ( app, _input, { site } ) => alertsView( app, app.db, site.id );
