select * from replay_job
where store = :store
  and (cast(:state as varchar) is null or state = :state)
  and (cast(:source as varchar) is null or source = :source)
  and (cast(:before as uuid) is null or id < cast(:before as uuid))
order by id desc
limit :limit
