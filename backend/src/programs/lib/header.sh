# shellcheck shell=sh disable=SC2034
# How each program begins, and where things are. Tests put a folder of their own in place of `/`: see compose.ts.
set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
root=

# what must outlive a reboot: marker, snapshots, steps and results of runs; for root only
state=$root/var/lib/email-gateway
# what must not: the payload with its secrets
run=$root/run/email-gateway
spool=$root/var/spool/postfix
mail_log=$root/var/log/email-gateway/mail.log
