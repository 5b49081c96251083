//! People, accounts and roles by their pages: what managers may, and how soon it counts.

use axum::http::StatusCode;
use lt_identity::memberships::model::Place;
use lt_kernel::Lane;
use lt_testkit::both_engines;

use crate::world::{Browser, Known, World, org};

/// Somebody with a role and a second factor that is not asked for here: the sample's.
async fn manager(world: &World, place: Option<u128>) -> (Known, Browser) {
    let login = place.map_or("quantri".to_owned(), |number| format!("quantri{number}"));
    let known = world.account(&login).await;
    world.give(known.person, place.map(org), "administrator").await;
    let browser = world.signed_in(&known).await;
    (known, browser)
}

async fn sample(base: lt_testkit::db::Base) -> World {
    World::with(base, lt_identity::Config { sample: true, ..crate::world::config() }).await
}

both_engines! {
    async fn a_person_is_entered_given_a_role_and_works(base) {
        let world = sample(base).await;
        let (_, mut admin) = manager(&world, None).await;
        admin.get("/people/new").await;
        for (name, login, email, said) in [
            ("", "moi", "", "Hãy nhập họ và tên"),
            ("Trần Văn Mẫu", "a b", "", "chỉ gồm chữ"),
            ("Trần Văn Mẫu", "QUẢNTRỊ", "", "đã có người dùng"),
            ("Trần Văn Mẫu", "moi", "x@y", "thư điện tử"),
        ] {
            let answer = admin.post("/people/new", &[("name", name), ("login", login), ("email", email)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
            answer.says(said);
        }
        let page = admin.post("/people/new", &[("name", "Trần Văn Mẫu"), ("login", "moi")]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let word = page.body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().trim().to_owned();
        let give = page.body.split("href=\"").find(|part| part.contains("/memberships/new\"")).unwrap();
        let give = give.split('"').next().unwrap().to_owned();
        admin.get(&give).await;
        let organ = org(2).to_string();
        let fields = [("role", "recorder"), ("org", organ.as_str()), ("from", "02/03/2026")];
        assert_eq!(admin.post(&give, &fields).await.status, StatusCode::SEE_OTHER);
        admin.get(&give).await;
        admin.post(&give, &fields).await.says("đã có cùng vai trò");
        admin.post(&give, &[("role", "recorder"), ("org", "all"), ("from", "02/03/2026")]).await.says("cơ quan cụ thể");

        let mut clerk = world.browser();
        clerk.sign_in("moi", &word).await;
        assert_eq!(clerk.get("/probe").await.location(), "/account/password");
        clerk.get("/account/password").await;
        let new = "suối chảy róc rách";
        clerk.post("/account/password", &[("old", &word), ("new", new), ("again", new)]).await;
        clerk.get("/probe").await.says("observes=[2]");
        assert!(!world.changes().await.iter().any(|change| change.contains(&word)));
    }

    async fn a_role_taken_away_is_gone_with_the_next_request(base) {
        let world = sample(base).await;
        let (own, _) = manager(&world, None).await;
        let known = world.account("nhaplieu").await;
        let membership = world.give(known.person, Some(org(1)), "recorder").await;
        world.clock.advance(86_400);
        let (mut admin, mut clerk) = (world.signed_in(&own).await, world.signed_in(&known).await);
        clerk.get("/probe").await.says("observes=[1, 2, 3]");
        let end = format!("/people/{}/memberships/{membership}/end", known.person);
        admin.get(&end).await.says("Kết thúc vai trò");
        assert_eq!(admin.post(&end, &[("day", "03/03/2026")]).await.status, StatusCode::SEE_OTHER);
        clerk.get("/probe").await.says("observes=[]");
        admin.get(&end).await;
        admin.post(&end, &[("day", "03/03/2026")]).await.says("đã kết thúc");
    }

    async fn a_new_organisation_below_is_reached_within_a_second(base) {
        let world = sample(base).await;
        let known = world.account("nhaplieu").await;
        world.give(known.person, Some(org(1)), "recorder").await;
        let mut clerk = world.signed_in(&known).await;
        clerk.get("/probe").await.says("observes=[1, 2, 3]");
        world.orgs.0.lock().unwrap().push(org(5));
        world.clock.advance(1);
        clerk.get("/probe").await.says("observes=[1, 2, 3, 5]");
    }

    async fn a_manager_of_one_organisation_stays_in_it(base) {
        let world = sample(base).await;
        manager(&world, None).await;
        let (_, mut local) = manager(&world, Some(1)).await;
        let (inside, outside) = (world.account("trong").await, world.account("ngoai").await);
        world.give(inside.person, Some(org(3)), "reader").await;
        world.give(outside.person, Some(org(4)), "reader").await;
        let list = local.get("/people").await;
        assert!(list.body.contains("trong") && !list.body.contains("ngoai"), "{}", list.body);
        assert_eq!(local.get(&format!("/people/{}", outside.person)).await.status, StatusCode::NOT_FOUND);
        local.get(&format!("/people/{}", inside.person)).await.says("Đặt lại mật khẩu");
        for verb in ["unlock", "disable", "enable", "reset-password", "remove-second-factor"] {
            let answer = local.post(&format!("/people/{}/account/{verb}", outside.person), &[("sure", "1")]).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{verb}");
        }
        // Resetting the password of whoever rules everything would be as good as ruling everything.
        let ruler = lt_identity::accounts::store::by_login(&world.host.db, "quantri").await.unwrap().unwrap();
        let answer = local.post(&format!("/people/{}/account/reset-password", ruler.account.person), &[("sure", "1")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        let give = format!("/people/{}/memberships/new", inside.person);
        local.get(&give).await;
        let place = org(4).to_string();
        local.post(&give, &[("role", "reader"), ("org", &place), ("from", "02/03/2026")]).await.says("ngoài phạm vi");
        let place = org(3).to_string();
        local.post(&give, &[("role", "approver"), ("org", &place), ("from", "02/03/2026")]).await.says("chính bạn không có");
        local.post(&give, &[("role", "administrator"), ("org", "all"), ("from", "02/03/2026")]).await.says("ngoài phạm vi");
    }

    async fn a_manager_of_one_lane_stays_in_it(base) {
        let world = sample(base).await;
        let (_, mut admin) = manager(&world, None).await;
        let party = world.account("quantri-dang").await;
        admin.get(&format!("/people/{}/memberships/new", party.person)).await.says("Toàn khối Đảng").says("Toàn khối Nhà nước");
        let give = format!("/people/{}/memberships/new", party.person);
        let fields = [("role", "administrator"), ("org", "lane:party"), ("from", "02/03/2026")];
        assert_eq!(admin.post(&give, &fields).await.status, StatusCode::SEE_OTHER);
        admin.get(&give).await;
        admin.post(&give, &fields).await.says("đã có cùng vai trò");
        admin.get(&give).await;
        let other = [("role", "administrator"), ("org", "lane:all"), ("from", "02/03/2026")];
        assert_eq!(admin.post(&give, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        admin.get(&format!("/people/{}", party.person)).await.says("Toàn khối Đảng");

        let mut party = world.signed_in(&party).await;
        let (inside, beside, outside) = (world.account("trong").await, world.account("ben").await, world.account("ngoai").await);
        world.give(inside.person, Some(org(3)), "reader").await;
        world.give(beside.person, Some(org(4)), "reader").await;
        world.give_over(outside.person, Place::Lane(Lane::State), "reader").await;
        let list = party.get("/people").await;
        assert!(list.body.contains("trong") && !list.body.contains(">ben<") && !list.body.contains("ngoai"), "{}", list.body);
        party.get(&format!("/people/{}", inside.person)).await.says("Đặt lại mật khẩu");
        let give = format!("/people/{}/memberships/new", inside.person);
        let form = party.get(&give).await;
        form.says("Toàn khối Đảng");
        for hidden in ["Toàn khối Nhà nước", "cả hai khối<", "Cơ quan 4"] {
            assert!(!form.body.contains(hidden), "{hidden} in {}", form.body);
        }
        let state = org(4).to_string();
        for place in ["lane:state", "all", &state] {
            party.get(&give).await;
            party.post(&give, &[("role", "reader"), ("org", place), ("from", "02/03/2026")]).await.says("ngoài phạm vi");
        }
        party.get(&give).await;
        let fields = [("role", "reader"), ("org", "lane:party"), ("from", "02/03/2026")];
        assert_eq!(party.post(&give, &fields).await.status, StatusCode::SEE_OTHER, "its own lane it may give");
        for person in [&beside, &outside] {
            assert_eq!(party.get(&format!("/people/{}", person.person)).await.status, StatusCode::NOT_FOUND);
            let reset = format!("/people/{}/account/reset-password", person.person);
            assert_eq!(party.post(&reset, &[("sure", "1")]).await.status, StatusCode::CONFLICT);
        }
        // The last one over both lanes may not go, whatever there is over one of them.
        let held = lt_identity::memberships::store::administrators(&world.host.db).await.unwrap();
        assert_eq!(held.len(), 1);
        let end = world.identity.end_membership(&crate::world::ruler(), held[0].id, world.host.clock.today()).await;
        assert!(matches!(end, Err(lt_identity::IdentityError::Refused(said)) if said.key == "identity-membership-last-administrator"));
    }

    async fn the_database_holds_no_lane_beside_an_organisation(base) {
        let world = sample(base).await;
        let known = world.account("vanthu").await;
        let membership = world.give(known.person, Some(org(1)), "reader").await;
        for (lane, fine) in [("party", false), ("nobody", false)] {
            let mut unit = lt_store::Unit::new();
            unit.run("UPDATE identity_membership SET lane = $1 WHERE id = $2", lt_store::params![lane, membership]);
            assert_eq!(world.host.db.commit(unit).await.is_ok(), fine, "{lane}");
        }
        for (lane, fine) in [("party", true), ("nobody", false)] {
            let mut unit = lt_store::Unit::new();
            let sql = "UPDATE identity_membership SET org = NULL, lane = $1 WHERE id = $2";
            unit.run(sql, lt_store::params![lane, membership]);
            assert_eq!(world.host.db.commit(unit).await.is_ok(), fine, "{lane} alone");
        }
    }

    async fn a_disabled_account_is_out_at_once_and_comes_back_with_a_new_password(base) {
        let world = sample(base).await;
        let (own, mut admin) = manager(&world, None).await;
        let known = world.account("nghiviec").await;
        let mut clerk = world.signed_in(&known).await;
        let page = format!("/people/{}", known.person);
        admin.get(&page).await;
        admin.post(&format!("{page}/account/disable"), &[]).await.says("Vô hiệu hoá tài khoản này?");
        assert_eq!(clerk.get("/probe").await.status, StatusCode::OK, "asked, not done");
        admin.post(&format!("{page}/account/disable"), &[("sure", "1")]).await;
        assert_eq!(clerk.get("/probe").await.status, StatusCode::SEE_OTHER);
        assert_eq!(world.browser().sign_in("nghiviec", &known.password).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let shown = admin.post(&format!("{page}/account/enable"), &[]).await;
        let word = shown.body.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().trim().to_owned();
        let mut back = world.browser();
        back.sign_in("nghiviec", &word).await;
        assert_eq!(back.get("/probe").await.location(), "/account/password");
        let answer = admin.post(&format!("/people/{}/account/disable", own.person), &[("sure", "1")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "nobody shuts the last administrator, nor themselves");
    }

    async fn two_who_edit_one_person_are_told(base) {
        let world = sample(base).await;
        let (_, mut admin) = manager(&world, None).await;
        let known = world.account("vanthu").await;
        let edit = format!("/people/{}/edit", known.person);
        let page = admin.get(&edit).await;
        let version = page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let first = admin.post(&edit, &[("version", &version), ("name", "Văn thư một"), ("email", "mot@coquan.vn")]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let second = admin.post(&edit, &[("version", &version), ("name", "Văn thư hai")]).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        admin.get(&format!("/people/{}", known.person)).await.says("Văn thư một");
    }

    async fn the_list_goes_by_given_name_and_by_key(base) {
        let world = sample(base).await;
        let (_, mut admin) = manager(&world, None).await;
        for number in 0..60 {
            let (name, login) = (format!("Người Thử {}", ["An", "Ân", "Bình"][number % 3]), format!("nguoi{number}"));
            let new = lt_identity::NewAccount { name: &name, email: None, phone: None, login: &login, sample: true };
            world.identity.create_account(lt_contracts::Actor::Program, new).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut path = "/people?q=thu".to_owned();
        loop {
            let page = admin.get(&path).await;
            let names = page.body.split("Người Thử ").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
            seen.extend(names);
            let Some(next) = page.body.split("<a href=\"").find(|part| part.contains("rel=\"next\"")) else { break };
            path = next.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        }
        seen.retain(|name| ["An", "Ân", "Bình"].contains(&name.as_str()));
        assert_eq!(seen.len(), 60);
        let order: Vec<usize> = seen.iter().map(|name| ["An", "Ân", "Bình"].iter().position(|one| one == name).unwrap()).collect();
        assert!(order.is_sorted(), "{seen:?}");
        admin.get("/people?q=%25").await.says("Không có người dùng nào");
    }
}

#[tokio::test]
async fn the_sample_has_one_account_for_each_role_and_is_made_once() {
    let world = sample(lt_testkit::db::Base::sqlite()).await;
    let made = lt_identity::bootstrap_sample(&world.identity, &[org(1)]).await.unwrap();
    let logins: Vec<&str> = made.accounts.iter().map(|one| one.login).collect();
    assert_eq!(logins, ["quantri", "bithu", "nhaplieu", "thamdinh", "pheduyet", "docgia"]);
    assert!(lt_identity::bootstrap_sample(&world.identity, &[org(1)]).await.unwrap().accounts.is_empty());
    lt_identity::sample_shown(&world.identity, &made).await.unwrap();
    assert!(lt_identity::renew_sample(&world.identity).await.unwrap().accounts.is_empty(), "shown once is enough");
    for one in &made.accounts {
        let mut browser = world.browser();
        assert_eq!(browser.sign_in(one.login, one.password.expose()).await.location(), "/probe", "{}", one.login);
        browser.get("/probe").await.says("targets.read");
    }
}

both_engines! {
    async fn passwords_nobody_saw_are_given_anew(base) {
        let world = sample(base).await;
        let made = lt_identity::bootstrap_sample(&world.identity, &[org(1)]).await.unwrap();
        // Cut off before they were shown; then once more after they were given anew.
        let lost = lt_identity::renew_sample(&world.identity).await.unwrap();
        let shown = lt_identity::renew_sample(&world.identity).await.unwrap();
        assert_eq!((lost.accounts.len(), shown.accounts.len()), (6, 6));
        for late in [&made, &lost] {
            let late = lt_identity::sample_shown(&world.identity, late).await;
            assert!(matches!(late, Err(lt_identity::IdentityError::Refused(_))), "those passwords count no more");
        }
        lt_identity::sample_shown(&world.identity, &shown).await.unwrap();
        assert!(lt_identity::renew_sample(&world.identity).await.unwrap().accounts.is_empty());
        for ((new, old), older) in shown.accounts.iter().zip(&lost.accounts).zip(&made.accounts) {
            for void in [old, older] {
                assert!(world.browser().sign_in(void.login, void.password.expose()).await.location().is_empty());
            }
            assert_eq!(world.browser().sign_in(new.login, new.password.expose()).await.location(), "/probe");
        }
    }

    async fn the_sample_is_made_whole_or_not_at_all(base) {
        let world = sample(base).await;
        // The last statement of the unit finds no row, as when another node was quicker.
        let mut unit = lt_store::Unit::new();
        unit.run("UPDATE identity_counter SET name = 'away' WHERE name = 'sample_unshown'", lt_store::params![]);
        world.host.db.commit(unit).await.unwrap();
        let made = lt_identity::bootstrap_sample(&world.identity, &[org(1)]).await.unwrap();
        assert!(made.accounts.is_empty(), "a unit that cannot be stored whole shows no password");
        let rows = world.host.db.read("SELECT id FROM identity_account", vec![]).await.unwrap();
        assert!(rows.is_empty(), "{} accounts are half there", rows.len());
    }
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let world = sample(lt_testkit::db::Base::sqlite()).await;
    let (own, mut admin) = manager(&world, None).await;
    let person = own.person;
    for path in [
        "/account",
        "/account/password",
        "/account/second-factor",
        "/account/tokens/new",
        "/people",
        "/people/new",
        "/roles",
        &format!("/people/{person}"),
        &format!("/people/{person}/edit"),
        &format!("/people/{person}/memberships/new"),
    ] {
        for lang in ["vi", "en"] {
            let page = admin.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let bare = page.body.split(['>', '"']).find(|part| part.trim_start().starts_with("identity-"));
            assert_eq!(bare, None, "a key without words on {path}");
        }
    }
    let mut nobody = world.browser();
    nobody.get("/sign-in?lang=en").await.says("Password");
}
