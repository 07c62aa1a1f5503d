-- When the service of each window was down by what counts, before the window too.
select "window", begins, ends from service_seconds where state = 'down' order by "window", begins
