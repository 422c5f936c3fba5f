-- 実績の行. One row per thing that counts, on the day it counts for. Every total and every list behind a total reads this view.
-- An attendance counts by the session's day, not by arrival, and also when the session was cancelled: somebody came all the same.
create view kpi_facts as                              -- twin of MEASURE_OF_KIND in kpi/domain/kpi-page.ts
  select a.city,
         case s.kind when 'helpDesk' then 'helpDeskVisits' else 'classAttendances' end as measure,
         s.held_on as counted_on, a.learner_id, a.session_id as source_id
    from attendance a
    join sessions s using (city, session_id)
   where s.kind in ('class', 'outreach', 'helpDesk') and s.held_on is not null
  union all
  select city, 'certifications', certified_on, learner_id, certification_id from certifications
  union all
  select city, measure, started_on, null, item_id from register_items;

-- 要確認. People who came, but no year can count them yet: the session is unknown here, or has no day.
create view kpi_review as
  select a.*, case when s.session_id is null then 'session_unknown' else 'day_unknown' end as why
    from attendance a
    left join sessions s using (city, session_id)
   where s.session_id is null
      or (s.held_on is null and s.kind in ('class', 'outreach', 'helpDesk'));

-- 養成講座受講者. Whoever signed up for training, or came to it.
create view trainees as
  select city, learner_id,
         count(distinct session_id) filter (where enrolled)::int as enrolled_count,
         count(distinct session_id) filter (where not enrolled)::int as attended_count
    from (select city, session_id, learner_id, true as enrolled from enrollments_now where state <> 'cancelled'
          union all
          select city, session_id, learner_id, false from attendance) as evidence
    join sessions s using (city, session_id)
   where s.kind = 'instructorTraining'
   group by city, learner_id;
