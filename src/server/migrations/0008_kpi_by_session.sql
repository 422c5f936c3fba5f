-- 実績の行, as in 0007, but asked session by session: a year costs what the year holds, not what the city ever recorded.
-- `offset 0` keeps the planner from putting the marks of all years together first.
create or replace view kpi_facts as                   -- twin of MEASURE_OF_KIND in kpi/domain/kpi-page.ts
  select s.city,
         case s.kind when 'helpDesk' then 'helpDeskVisits' else 'classAttendances' end as measure,
         s.held_on as counted_on, a.learner_id, s.session_id as source_id
    from sessions s
   cross join lateral (select learner_id from attendance
                        where city = s.city and session_id = s.session_id offset 0) a
   where s.kind in ('class', 'outreach', 'helpDesk') and s.held_on is not null
  union all
  select city, 'certifications', certified_on, learner_id, certification_id from certifications
  union all
  select city, measure, started_on, null, item_id from register_items;

-- 要確認, as in 0007: first the few sessions that no year can count, then who came to them.
create or replace view kpi_review as
  select a.*, case when s.session_id is null then 'session_unknown' else 'day_unknown' end as why
    from (select distinct city, session_id from attendance_marks) m
    left join sessions s using (city, session_id)
   cross join lateral (select * from attendance
                        where city = m.city and session_id = m.session_id offset 0) a
   where s.session_id is null
      or (s.held_on is null and s.kind in ('class', 'outreach', 'helpDesk'));
