#!/bin/sh
# Hands what waits in the queue of a former mail system to Postfix. Standard input: for how many seconds to go on, then the
# program that does it (former-queues.pl, former-mail.pl). perl-base is on every Debian.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
IFS= read -r seconds || exit 64
case $seconds in '' | *[!0-9]*) exit 64 ;; esac
[ -e /var/lib/email-gateway/marker ] || exit 65
exec 8>/var/lib/email-gateway/former.lock
flock -w 30 8 || exit 75
exec perl - "$seconds"
