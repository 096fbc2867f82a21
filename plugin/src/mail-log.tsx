import { createRoot } from '@wordpress/element';
import { MailLogScreen } from './mail-log/mail-log-screen.tsx';
import './pill.css';
import './screen.css';

const place = document.querySelector( '.email-gateway-app[data-screen="mail-log"]' );
if ( place ) {
	createRoot( place ).render( <MailLogScreen /> );
}
