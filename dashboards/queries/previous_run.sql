-- The day of the run before this one, if there was one.
select max(earlier.as_of) as as_of
from published.runs as earlier
inner join published.runs as this on earlier.as_of < this.as_of
where this.run_id = $run_id
